import { randomUUID } from 'node:crypto';

let last = 0;
let count = 0;

/**
 * A fresh id for a message: a UUID of version 7 (RFC 9562). Such ids grow with time, so that messages of the same time
 * stand side by side in every index that they are looked up in; random ones would touch a page of the disk each.
 */
export function newMessageId(): string {
  const now = Math.max(Date.now(), last);
  count = now === last ? count + 1 : 0;
  // 4096 ids fit into a millisecond; what is beyond takes from the next one.
  last = count > 0xfff ? now + 1 : now;
  count &= 0xfff;
  const time = last.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.toString(16).padStart(3, '0')}-${randomUUID().slice(19)}`;
}
