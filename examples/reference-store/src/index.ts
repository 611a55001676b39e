export { storeApplication } from './application.ts';
export type { NewBuyer } from './buyers/buyers.ts';
export type { BuyerDesk, DocumentState } from './buyers/desk.ts';
export { buyerErrors } from './buyers/errors.ts';
export { errors } from './errors.ts';
export type { NewOrder, PlacedOrder } from './orders/new-order.ts';
export type { OrderSummary } from './orders/summary.ts';
export { type SeedOptions, seeded, seedStore } from './seed.ts';
export { type Announced, type Effect, openStore, type Refused, type Store, type StoreOptions, type User } from './store.ts';
