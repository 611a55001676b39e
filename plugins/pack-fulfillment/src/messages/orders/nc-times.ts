import type { Joint } from '@waybill/mapping';
import { date8, dateTime, Problem, type TextType, time6 } from '@waybill/values';

// Days and times in Update_NC_OrderStatus: reference/fulfillment-messages.md, section 4.1. The schema means YYYYMMDD and HHMMSS; its
// mapping takes a whole instant at each place, so that senders of the original may write one.

const instant = dateTime({ zone: 'utc' });
const compact = date8();
const midnight = 'T00:00:00';

/** A day or an instant; the value is an instant. A day is written as `YYYYMMDD`. */
export const day: TextType<string> = {
  ...instant,
  facets: compact.facets,
  write: (value) => {
    const normal = instant.read(value);
    if (normal instanceof Problem) return normal;
    return normal.endsWith(midnight) ? compact.write(normal.slice(0, 10)) : instant.write(normal);
  },
  makeUp: (choose) => `${compact.makeUp(choose)}${midnight}`,
};

export const timeOfDay = time6();

/** A time of day or an instant; the value is the one or the other. */
export const whole: TextType<string> = {
  ...timeOfDay,
  read: (text) => {
    const time = timeOfDay.read(text);
    if (!(time instanceof Problem)) return time;
    const value = instant.read(text);
    return value instanceof Problem ? time : value;
  },
};

/** When the order was placed. The time of day counts where the day has none of its own. */
export const placed: Joint<string> = {
  join: ([date = '', time]) => (time !== undefined && date.endsWith(midnight) ? `${date.slice(0, 10)}T${time}` : date),
  split: partsOf,
};

/** When the status was written, which decides whether it is newer than what is known. */
export const lastUpdate: Joint<string> = {
  join: ([date, time]) => {
    if (time?.includes('T') === true) return time;
    if (date === undefined) return new Problem('has a time of day without its date', 'Give LastUpdateDate beside LastUpdateTime.');
    return placed.join([date, time]);
  },
  split: partsOf,
};

/** Fractions of a second have a place in the day alone. */
function partsOf(value: string): readonly (string | undefined)[] | Problem {
  const normal = instant.read(value);
  if (normal instanceof Problem) return normal;
  if (normal.length > 19 || normal.endsWith(midnight)) return [normal, undefined];
  return [`${normal.slice(0, 10)}${midnight}`, normal.slice(11)];
}
