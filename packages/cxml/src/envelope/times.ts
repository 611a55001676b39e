import { randomBytes } from 'node:crypto';

// reference/procurement-messages.md, sections 3.2 and 7.2.

const sound = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?[+-]\d\d:\d\d$/;

/** Whether a time is written as the guide asks for it: ISO 8601 with a numeric offset. */
export function isSoundTime(text: string): boolean {
  return sound.test(text);
}

/** A time as documents have it: ISO 8601 in local time with numeric offset, never `Z`. `offset` in minutes, east of Greenwich is positive. */
export function timestampOf(millis: number, offset = 0): string {
  const local = new Date(millis + offset * 60_000).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${local}${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A time with its offset in numbers, where it has a `Z`. */
export function withoutZulu(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)[Zz]$/, '$1+00:00');
}

const lenient = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s?(Z|[+-]\s?\d\d:?\d\d)?$/i;
const ctime = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$/;

/**
 * The instant of a time as partners write it, in milliseconds: with an offset, without one, with `Z`, without a `T`, with a blank in the offset, or as
 * `Mon May 19 18:29:48 +0000 2008`. A time without an offset is taken for one of `offset` minutes. Undefined where it is none of these.
 */
export function instantOf(text: string, offset = 0): number | undefined {
  const given = text.trim();
  const found = lenient.exec(given);
  if (found !== null) return instant(found, offset);
  const [, month, day, time, zone = '', year] = ctime.exec(given) ?? [];
  if (month === undefined) return undefined;
  return known(Date.parse(`${day} ${month} ${year} ${time} ${zone}`));
}

function instant(
  [, year, month, day, hour = '00', minute = '00', second = '00', zone]: RegExpExecArray,
  offset: number,
): number | undefined {
  const bare = known(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`));
  if (bare === undefined) return undefined;
  return bare - (zone === undefined ? offset : minutesOf(zone)) * 60_000;
}

function minutesOf(zone: string): number {
  const digits = zone.replace(/[^0-9]/g, '');
  if (digits === '') return 0;
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function known(millis: number): number | undefined {
  return Number.isNaN(millis) ? undefined : millis;
}

/** An id that no other document has, in the form that the guide recommends: `<time>.<process>.<random>@<host>`. `now` in milliseconds. */
export function newPayloadId(host: string, now: number): string {
  return `${now}.${process.pid}.${randomBytes(12).toString('hex')}@${host}`;
}
