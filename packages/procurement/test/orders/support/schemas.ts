import { events } from '@waybill/commerce';
import { unitKeyword } from '@waybill/contract';
import { Ajv } from 'ajv';

const ajv = new Ajv({ strict: true, allErrors: true });
ajv.addKeyword(unitKeyword);
const checks = new Map(events.map(({ name, data }) => [name, ajv.compile(data)] as const));

/** What is wrong with the data of an event, by the schema that the kernel checks it with; an empty list where nothing is. */
export function faultsOf(event: string, data: unknown): readonly unknown[] {
  const check = checks.get(event);
  if (!check) throw new Error(`No event is named "${event}".`);
  return check(JSON.parse(JSON.stringify(data))) ? [] : (check.errors ?? []);
}
