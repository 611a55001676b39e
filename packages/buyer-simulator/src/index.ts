export { errors } from './errors.ts';
export type { Exchange, Shown } from './exchanges/exchange.ts';
export type { BuyerOptions } from './options.ts';
export { type BuyerProfile, type CxmlProfile, type OciProfile, type Opening, type ProfileName, profiles } from './profiles/profiles.ts';
export type { BuyerManners } from './requisitions/manners.ts';
export type { CartPost, FollowUp, Money, Operation, Order, Requisition, Session } from './requisitions/requisition.ts';
export { type Buyer, startBuyer } from './start-buyer.ts';
