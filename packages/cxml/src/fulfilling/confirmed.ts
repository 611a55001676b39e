import type { PurchaseOrderConfirmed } from '@waybill/commerce';
import type { EventContent } from '../envelope/definition.ts';

/** What a confirmation says. */
export type Confirmed = EventContent<PurchaseOrderConfirmed>;
export type ConfirmedLine = NonNullable<Confirmed['lines']>[number];
export type LineStatus = ConfirmedLine['statuses'][number];

/** `ConfirmationRequest`, as it stands on the wire. */
export interface WireConfirmed extends Omit<Confirmed, 'answers'> {
  /** The question that it answers, by its number or by its document. */
  asked?: string;
  referred?: { number?: string; payloadId: string };
}
