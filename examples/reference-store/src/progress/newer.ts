/** When a status was made, as far as its sender says. */
export interface Stamp {
  readonly sequenceNumber?: string | null | undefined;
  readonly lastUpdateTime?: string | null | undefined;
}

/**
 * Tells whether a status is stale: not newer than the one that is known. The sequence number decides where both have
 * one that is a number, else the time of the last update; where neither can be compared, the status is taken as newer: nothing is left out in silence.
 * Source: reference/fulfillment-messages.md, section 4.2, "Command behaviour".
 */
export function isStale(status: Stamp, known: Stamp): boolean {
  if (isNumber(status.sequenceNumber) && isNumber(known.sequenceNumber))
    return BigInt(status.sequenceNumber) <= BigInt(known.sequenceNumber);
  if (status.lastUpdateTime && known.lastUpdateTime) return nanoseconds(status.lastUpdateTime) <= nanoseconds(known.lastUpdateTime);
  return false;
}

function isNumber(sequence: string | null | undefined): sequence is string {
  return sequence !== null && sequence !== undefined && /^[0-9]+$/.test(sequence);
}

/** An ISO 8601 instant as nanoseconds since 1970. Without an offset it is in UTC. `Date` alone would lose microseconds. */
export function nanoseconds(instant: string): bigint {
  const [, whole = '', fraction = '', offset = 'Z'] = /^(.{19})(?:\.([0-9]+))?(.+)?$/.exec(instant) ?? [];
  return BigInt(Date.parse(whole + offset)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}
