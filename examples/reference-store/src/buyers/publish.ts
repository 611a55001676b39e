import type { DataOf, EventDefinition } from '@waybill/contract';
import type { Work } from '../work.ts';
import type { BuyerRow } from './buyers.ts';

/** Publishes a document to a buyer with the work in hand, under an id that its payload id makes. */
export function publishDocument<Event extends EventDefinition>(
  event: Event,
  data: DataOf<Event> & { readonly payloadId?: string },
  { store_id: store }: BuyerRow,
  work: Work,
): void {
  work.publish(event, data, { id: `document-${data.payloadId ?? ''}`, store });
  work.effect(`${event.name} ${data.payloadId ?? ''}`);
}
