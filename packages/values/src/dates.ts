import { madeUpDate, madeUpTime } from './made-up.ts';
import { notTaken, trim, withoutZerosBehind } from './text.ts';
import { Problem, type TextType } from './text-type.ts';

/** A day with both hyphens or without any. */
const day = String.raw`(\d{4})(-?)(\d{2})\2(\d{2})`;
const fraction = String.raw`(?:[.,](\d{1,9}))?`;
const zone = String.raw`(Z|[+-]\d{2}(?::?\d{2})?)?`;

/** In each: year, hyphen, month, day, hour, minute, second, fraction, zone. */
const forms = [
  // 2024-03-14, 20240314, 2024-03-14Z, 2024-03-14T16:20:05.123+02:00, also with a blank instead of the T and without seconds.
  new RegExp(String.raw`^${day}(?:[T ](\d{2}):(\d{2})(?::(\d{2})${fraction})?)?${zone}$`),
  // 20240314T162005, 20240314162005
  new RegExp(String.raw`^${day}[T ]?(\d{2})(\d{2})(\d{2})${fraction}${zone}$`),
  // 2024-03-14-16.20.05.123456, as DB2 writes it.
  new RegExp(String.raw`^${day}-(\d{2})\.(\d{2})\.(\d{2})${fraction}$`),
];

export interface DateTimeOptions {
  /** 'keep' (the default): a zone stays as it was sent. 'utc': the value is in UTC and names no zone. */
  readonly zone?: 'keep' | 'utc';
  readonly example?: string;
}

/**
 * A date with or without a time, as `reference/fulfillment-messages.md` section 2.5 has it and as senders write it: `yyyy-mm-ddThh:mm:ss.ssssss`
 * (also with a blank instead of the T, with less or no fraction, with a zone of hours alone), the same without hyphens and colons, as a
 * timestamp of DB2 (`2024-03-14-16.20.05.123456`), or the day alone. 24:00:00 is the beginning of the next day (XML Schema 1.1, 3.3.7).
 * The value is ISO 8601 text: `2024-03-14T16:20:05`, with a fraction only where it is not zero, with a zone only where one was sent; a date
 * alone is midnight. Written with six digits of fraction.
 */
export function dateTime({ example = '2024-03-14T16:20:05', zone: keeps = 'keep' }: DateTimeOptions = {}): TextType<string> {
  const read = (value: string): string | Problem => plainInstant(value) ?? readDateTime(value, keeps);
  return {
    facets: { kind: 'time', form: 'date-time' },
    secret: false,
    read,
    write: (value) => {
      const normal = typeof value === 'string' ? read(value) : new Problem(notADate);
      return normal instanceof Problem ? normal : withMicroseconds(normal);
    },
    makeUp: (choose) => {
      const date = madeUpDate(choose);
      if (date === undefined) return example;
      return `${date}T${madeUpTime(choose)}${choose(3) === 1 ? '.25' : ''}${keeps === 'keep' && choose(4) === 1 ? 'Z' : ''}`;
    },
  };
}

/**
 * Recognises `yyyy-mm-ddThh:mm:ss` with or without a fraction of six zeros, which is what most documents hold, at a
 * fraction of the cost of the pattern. Undefined for everything else, days after the 28th included.
 */
function plainInstant(value: string): string | undefined {
  if (value.length !== 19 && !(value.length === 26 && value.endsWith('.000000'))) return undefined;
  if (value.startsWith('0000')) return undefined;
  for (let index = 0; index < 19; index += 1) {
    const wanted = shape[index] as number;
    const code = value.charCodeAt(index);
    if (wanted === digit ? code < 48 || code > 57 : code !== wanted) return undefined;
  }
  const month = twoDigitsAt(value, 5);
  const day = twoDigitsAt(value, 8);
  if (month < 1 || month > 12 || day < 1 || day > 28) return undefined;
  if (twoDigitsAt(value, 11) > 23 || twoDigitsAt(value, 14) > 59 || twoDigitsAt(value, 17) > 59) return undefined;
  return value.length === 19 ? value : value.slice(0, 19);
}

const digit = -1;
const shape = Array.from('dddd-dd-ddTdd:dd:dd', (sign) => (sign === 'd' ? digit : sign.charCodeAt(0)));

function twoDigitsAt(value: string, index: number): number {
  return (value.charCodeAt(index) - 48) * 10 + value.charCodeAt(index + 1) - 48;
}

const notADate = 'is not a date such as 2024-03-14T16:20:05.000000 or 20240314';
const notThere = new Problem('is not a date or time that exists');

function readDateTime(value: string, keeps: 'keep' | 'utc'): string | Problem {
  const trimmed = trim(value);
  const match = forms.map((form) => form.exec(trimmed)).find((found) => found !== null);
  if (!match) return notTaken(trimmed, notADate);
  const [, year = '', , month = '', dayOfMonth = '', hour = '00', minute = '00', second = '00', behind = '', sent = ''] = match;
  const offset = fullZone(sent);
  const isEnd = hour === '24' && Number(minute) + Number(second) + Number(behind) === 0;
  if (!isDate(year, month, dayOfMonth) || !(isEnd || isTime(hour, minute, second)) || !isZone(offset)) return notThere;
  const plain = isEnd ? nextDay(`${year}-${month}-${dayOfMonth}`) : `${year}-${month}-${dayOfMonth}T${hour}:${minute}:${second}`;
  if (plain === undefined) return notThere;
  if (keeps === 'keep' || offset === '') return `${plain}${significant(behind)}${offset}`;
  // Moving to another zone changes minutes and more, so that the fraction stays as it is.
  const moved = plainUtc(new Date(plain + offset));
  return moved === undefined ? notThere : `${moved}${significant(behind)}`;
}

/** `+02:00` for `+02` and `+0200`. */
function fullZone(sent: string): string {
  if (sent.length === 3) return `${sent}:00`;
  return sent.length === 5 ? `${sent.slice(0, 3)}:${sent.slice(3)}` : sent;
}

/** Zones reach to 14 hours (XML Schema 1.1, 3.3.7). */
function isZone(offset: string): boolean {
  if (offset === '' || offset === 'Z') return true;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(4))];
  return minutes < 60 && hours * 60 + minutes <= 14 * 60;
}

function nextDay(date: string): string | undefined {
  return plainUtc(new Date(Date.parse(date) + 86_400_000));
}

/** Undefined outside the years that have four digits. */
function plainUtc(time: Date): string | undefined {
  const text = Number.isNaN(time.getTime()) ? '' : time.toISOString();
  return text.length === 24 && !text.startsWith('0000') ? text.slice(0, 19) : undefined;
}

function significant(behind: string): string {
  const kept = withoutZerosBehind(behind);
  return kept === '' ? '' : `.${kept}`;
}

function withMicroseconds(normal: string): string {
  const [, fraction = ''] = /\.(\d+)/.exec(normal) ?? [];
  return `${normal.slice(0, 19)}.${fraction.padEnd(6, '0')}${normal.slice(19).replace(/^\.\d+/, '')}`;
}

/** `YYYYMMDD` (also `YYYY-MM-DD`). The value is `2024-03-14`; written as `20240314`. */
export function date8(): TextType<string> {
  const problem = new Problem('is not a date such as 20240314');
  return {
    facets: { kind: 'time', form: 'YYYYMMDD' },
    secret: false,
    read: (value) => {
      const [, year = '', , month = '', day = ''] = /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(trim(value)) ?? [];
      return isDate(year, month, day) ? `${year}-${month}-${day}` : problem;
    },
    write: (value) => {
      const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
      return isDate(year, month, day) ? year + month + day : problem;
    },
    makeUp: (choose) => madeUpDate(choose) ?? '2024-03-14',
  };
}

/** `YYYY-MM-DD` (also `YYYYMMDD`). The value is `2024-03-14`, and so it is written. */
export function date10(): TextType<string> {
  const compact = date8();
  const check = (value: string): string | Problem =>
    compact.write(value) instanceof Problem ? new Problem('is not a date such as 2024-03-14') : value;
  return { ...compact, facets: { kind: 'time', form: 'YYYY-MM-DD' }, write: check };
}

/** `HHMMSS` (also `HH:MM:SS`). The value is `16:20:05`; written as `162005`. */
export function time6(): TextType<string> {
  const problem = new Problem('is not a time of day such as 162005');
  return {
    facets: { kind: 'time', form: 'HHMMSS' },
    secret: false,
    read: (value) => {
      const [, hour = '', , minute = '', second = ''] = /^(\d{2})(:?)(\d{2})\2(\d{2})$/.exec(trim(value)) ?? [];
      return isTime(hour, minute, second) ? `${hour}:${minute}:${second}` : problem;
    },
    write: (value) => {
      const [, hour = '', minute = '', second = ''] = /^(\d{2}):(\d{2}):(\d{2})$/.exec(value) ?? [];
      return isTime(hour, minute, second) ? hour + minute + second : problem;
    },
    makeUp: (choose) => madeUpTime(choose),
  };
}

/** As `dateTime` with `zone: 'utc'`; written as a timestamp of DB2, `2024-03-14-16.20.05.000000`. */
export function timestamp({ example = '2024-03-14T16:20:05' }: { readonly example?: string } = {}): TextType<string> {
  const instant = dateTime({ zone: 'utc', example });
  return {
    ...instant,
    facets: { kind: 'time', form: 'db2' },
    write: (value) => {
      const normal = instant.write(value);
      return normal instanceof Problem ? normal : normal.replace('T', '-').replaceAll(':', '.');
    },
  };
}

/**
 * A day that stands for its first moment in UTC: `YYYYMMDD` (also `YYYY-MM-DD`). The value is `2024-03-14T00:00:00`; a value with another
 * time of day has no such text.
 */
export function dayInstant(): TextType<string> {
  const day = date8();
  const instant = dateTime({ zone: 'utc' });
  return {
    ...day,
    read: (value) => {
      const read = day.read(value);
      return read instanceof Problem ? read : `${read}T00:00:00`;
    },
    write: (value) => {
      const normal = instant.write(value);
      if (normal instanceof Problem) return normal;
      if (!normal.endsWith('T00:00:00.000000')) return new Problem('has a time of day, and there is room for a day only');
      return day.write(normal.slice(0, 10));
    },
    makeUp: (choose) => `${day.makeUp(choose)}T00:00:00`,
  };
}

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDate(year: string, month: string, day: string): boolean {
  const y = Number(year);
  const m = Number(month);
  const d = Number(day);
  const leap = m === 2 && y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  return y >= 1 && d >= 1 && d <= (daysInMonth[m - 1] ?? 0) + (leap ? 1 : 0);
}

function isTime(hour: string, minute: string, second: string): boolean {
  return hour !== '' && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}
