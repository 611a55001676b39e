import { events } from '@waybill/commerce';
import { unitKeyword } from '@waybill/contract';
import { Ajv } from 'ajv';
import type { Published } from './deliver.ts';

const ajv = new Ajv({ strict: true });
ajv.addKeyword(unitKeyword);
const checks = new Map(events.map(({ name, data }) => [name, ajv.compile(data)] as const));

/** What is wrong with an event, as the kernel checks it; undefined where nothing is. */
export function faultsOf({ event, data }: Published): unknown {
  const check = checks.get(event);
  return check?.(JSON.parse(JSON.stringify(data))) ? undefined : (check?.errors ?? `No event is named "${event}".`);
}
