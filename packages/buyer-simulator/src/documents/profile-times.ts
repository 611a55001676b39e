import type { CxmlProfile } from '../profiles/profiles.ts';

/** Where the buyer is: the offset of its times, in minutes. */
const offset = -300;
const minute = 60_000;
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time as the buyer writes it: reference/procurement-messages.md, section 7.2. */
export function timestampFor({ timestamps }: CxmlProfile, now: number): string {
  const local = new Date(now + offset * minute);
  const plain = local.toISOString().slice(0, 19);
  switch (timestamps) {
    case 'offset':
      return `${plain}-05:00`;
    case 'plain':
      return plain;
    case 'ctime': {
      const day = `${days[local.getUTCDay()]} ${months[local.getUTCMonth()]} ${String(local.getUTCDate()).padStart(2, '0')}`;
      return `${day} ${plain.slice(11)} -0500 ${local.getUTCFullYear()}`;
    }
  }
}
