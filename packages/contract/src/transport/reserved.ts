/** Keys of an inbound entry that mean the same for every transport; an endpoint schema cannot use them. */
export const reservedInboundKeys = [
  'connection',
  'messages',
  'accept',
  'order',
  'parked',
  'concurrency',
  'retry',
  'timeout',
  'store',
  'allow',
  'feeds',
  'errorsTo',
  'packs',
  'encoding',
  'credentials',
  'archive',
  'enabled',
  'description',
] as const;

/** The same for an outbound entry; it may use what only an inbound entry has. */
export const reservedOutboundKeys = [
  'connection',
  'order',
  'parked',
  'unknown',
  'concurrency',
  'retry',
  'rate',
  'timeout',
  'packs',
  'replies',
  'archive',
  'enabled',
  'description',
] as const;

export type ReservedInboundKey = (typeof reservedInboundKeys)[number];
export type ReservedOutboundKey = (typeof reservedOutboundKeys)[number];
