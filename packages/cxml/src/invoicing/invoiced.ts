import type { PurchaseOrderInvoiced } from '@waybill/commerce';
import type { EventContent } from '../envelope/definition.ts';

/** What an invoice says. */
export type Invoiced = EventContent<PurchaseOrderInvoiced>;
