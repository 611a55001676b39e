/** Keys of an inbound entry that mean the same for every transport; an endpoint schema cannot use them. */
export const reservedInboundKeys = [
  'connection',
  'messages',
  'accept',
  'order',
  'concurrency',
  'retry',
  'timeout',
  'store',
  'allow',
  'credentials',
  'archive',
  'enabled',
  'description',
] as const;

/** Keys of an outbound entry that mean the same for every transport. */
export const reservedOutboundKeys = ['connection', 'concurrency', 'retry', 'timeout', 'archive', 'enabled', 'description'] as const;

export type ReservedKey = (typeof reservedInboundKeys)[number] | (typeof reservedOutboundKeys)[number];
