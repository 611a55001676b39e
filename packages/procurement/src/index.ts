export { placesOfCurrency } from './exact/currency.ts';
export { add, compare, divide, fixed, multiply, placesOf, readExact, subtract, wholeDigitsOf } from './exact/exact.ts';
export { OrderBook, type Outcome, type Place } from './orders/book.ts';
export { keptContent, maskedCard } from './orders/buyer/content.ts';
export type { KnownOrders, Submission } from './orders/buyer/submission.ts';
export { type Submitted, submitOrder } from './orders/buyer/submit.ts';
export { bookErrors } from './orders/errors.ts';
export { memoryStorage } from './orders/memory-storage.ts';
export type {
  BookedLine,
  BookedOrder,
  Confirmation,
  Hold,
  Invoice,
  InvoicedQuantity,
  OrderDocument,
  OrderName,
  Report,
  Shipment,
  ShippedQuantity,
  Taken,
} from './orders/order.ts';
export { defaultRules, type OrderRules } from './orders/rules.ts';
export { type Standing, standingOf } from './orders/standing.ts';
export type { Answer, DocumentName, GivenNumber, KeptDocument, OrderStorage } from './orders/storage.ts';
export { type ConfirmStep, confirmOrder, type LineStatus } from './orders/supplier/confirm.ts';
export { type CreditStep, creditInvoice } from './orders/supplier/credit.ts';
export { type InvoiceStep, invoiceOrder, type WithdrawStep, withdrawInvoice } from './orders/supplier/invoice.ts';
export type { BilledLine } from './orders/supplier/invoice-lines.ts';
export { approveOrder, owedReports, type ReportStep, reportOrder } from './orders/supplier/report.ts';
export { type ShippedOrder, type ShipStep, shipOrders } from './orders/supplier/ship.ts';
export { statusOf } from './orders/supplier/snapshot.ts';
export type { Extras, InvoiceTax } from './orders/supplier/tax.ts';
