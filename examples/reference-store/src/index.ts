export { storeApplication } from './application.ts';
export { errors } from './errors.ts';
export type { NewOrder, PlacedOrder } from './orders.ts';
export { type SeedOptions, seeded, seedStore } from './seed.ts';
export { type Effect, openStore, type Store, type StoreOptions, type User } from './store.ts';
export type { OrderSummary } from './summary.ts';
