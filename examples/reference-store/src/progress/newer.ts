/** When a status was made, as far as its sender says. */
export interface Stamp {
  readonly sequenceNumber?: string | null | undefined;
  readonly lastUpdateTime?: string | null | undefined;
}

/**
 * Tells whether a status is stale: not newer than the one that is known. The sequence number decides where both have
 * one, else the time of the last update; where neither can be compared, the status is taken as newer.
 * Source: reference/fulfillment-messages.md, section 4.2, "Command behaviour".
 */
export function isStale(status: Stamp, known: Stamp): boolean {
  if (status.sequenceNumber && known.sequenceNumber) return compareSequence(status.sequenceNumber, known.sequenceNumber) <= 0;
  if (status.lastUpdateTime && known.lastUpdateTime) return nanoseconds(status.lastUpdateTime) <= nanoseconds(known.lastUpdateTime);
  return false;
}

/** Numbers as numbers, whatever zeros stand before them; anything else as text. */
function compareSequence(left: string, right: string): number {
  const digits = /^[0-9]+$/;
  if (digits.test(left) && digits.test(right)) return Number(BigInt(left) - BigInt(right) > 0n) - Number(BigInt(left) - BigInt(right) < 0n);
  return Number(left > right) - Number(left < right);
}

/** An ISO 8601 instant as nanoseconds since 1970. Without an offset it is in UTC. `Date` alone would lose microseconds. */
export function nanoseconds(instant: string): bigint {
  const [, whole = '', fraction = '', offset = 'Z'] = /^(.{19})(?:\.([0-9]+))?(.+)?$/.exec(instant) ?? [];
  return BigInt(Date.parse(whole + offset)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}
