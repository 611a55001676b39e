import { randomUUID } from 'node:crypto';

let last = 0;
let count = 0;
/** The first 15 characters of an id: the time, and the version. The same for all ids of a millisecond. */
let start = '';

/**
 * A fresh id for a message: a UUID of version 7 (RFC 9562). Such ids grow with time, so that messages of the same time
 * stand side by side in every index that they are looked up in; random ones would touch a page of the disk each.
 */
export function newMessageId(): string {
  const now = Date.now();
  if (now > last) restart(now);
  // 4096 ids fit into a millisecond; what is beyond takes from the next one.
  else if (++count > 0xfff) restart(last + 1);
  return start + (0x1000 + count).toString(16).slice(1) + randomUUID().slice(18);
}

function restart(time: number): void {
  last = time;
  count = 0;
  const digits = time.toString(16).padStart(12, '0');
  start = `${digits.slice(0, 8)}-${digits.slice(8)}-7`;
}
