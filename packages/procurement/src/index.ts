export type { Cart, CartItem, CartNote, CartSession, Ending, FormField, ReturnForm, WrittenCart } from './carts/cart.ts';
export { type CartContext, writeCart } from './carts/write-cart.ts';
export { placesOfCurrency } from './exact/currency.ts';
export { add, compare, divide, fixed, multiply, placesOf, readExact, subtract, sumOfQuotients, wholeDigitsOf } from './exact/exact.ts';
export { type OciCall, type OciFunction, ociCallOf } from './oci/call.ts';
export { ociErrors } from './oci/errors.ts';
export { type FormFields, type OciForm, readOciForm } from './oci/form.ts';
export type { Hook } from './oci/hook-url.ts';
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
export { ownTexts, type PageTexts, type Said } from './pages/texts.ts';
export type { Buyer, Logon } from './partners/buyer.ts';
export type { Mistake } from './partners/checking/check-shape.ts';
export { type Arrival, type Claim, definePartners, type Partners } from './partners/define-partners.ts';
export type { NamedBuyer, NamedSender, PartnerDirectory } from './partners/directory.ts';
export { partnerErrors } from './partners/errors.ts';
export type { BuyerSpec, LogonSpec, PartnersSpec, SenderSpec, SupplierSpec } from './partners/partner-settings.ts';
export { type Requisitioner, requisitionerOf, requisitionerOfCall } from './partners/requisitioner.ts';
export { checkedReturnAddress } from './partners/return-address.ts';
export { isTest } from './partners/test-flag.ts';
export { genericPlatform } from './profiles/generic.ts';
export { type Limits, type Parameters, type Platform, type PlatformSettings, platformProperties } from './profiles/platform.ts';
export type { Confidence, Profile, Quirk } from './profiles/profile.ts';
export { profileNamed, profiles } from './profiles/profiles.ts';
export { punchoutErrors } from './service/errors.ts';
export { withoutKeys } from './service/http/addresses.ts';
export type { OpenSession } from './service/open-session.ts';
export { definePunchout, type PunchoutService, type PunchoutSpec } from './service/punchout.ts';
export type { SessionEnding } from './service/returning.ts';
export type { Asker, Question, Storefront } from './service/storefront.ts';
export type { Times } from './service/times.ts';
export { sessionErrors } from './sessions/errors.ts';
export type { PunchoutSession, Returned, SessionOperation, SessionState, Verb } from './sessions/session.ts';
export type { Digest, Entrance, Keep, KeptSession, SessionStore, Start } from './sessions/session-store.ts';
export { openSessions } from './sessions/sqlite-sessions.ts';
