import type { Joint } from '@waybill/mapping';
import { dateTime, Problem } from '@waybill/values';

const toSecond = dateTime({ zone: 'utc' });
/** An instant in whole seconds of UTC as a day and a time of day. */
const dayAndTime: Joint<string> = {
  join: ([day, time]) => (day === undefined ? new Problem('has a time of day without its date') : `${day}T${time ?? '00:00:00'}`),
  split: (value) => {
    const instant = toSecond.read(value);
    if (instant instanceof Problem) return instant;
    return instant.length > 19 ? new Problem('has a fraction of a second, and the message has no place for it') : instant.split('T');
  },
};

/** What makes one value out of the texts of several neighbours, and back. */
export const joints: Readonly<Record<string, Joint<string> & { readonly parts: number }>> = {
  'day and time': { ...dayAndTime, parts: 2 },
};
