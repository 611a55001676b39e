import { madeUpDate, madeUpTime } from './made-up.ts';
import { Problem, type TextType, trim } from './text.ts';

const dateAndTime = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export interface DateTimeOptions {
  /** 'keep' (the default): a zone stays as it was sent. 'utc': the value is in UTC and names no zone. */
  readonly zone?: 'keep' | 'utc';
  readonly example?: string;
}

/**
 * A date with or without a time, as `reference/fulfillment-messages.md` section 2.5 has it:
 * `yyyy-mm-ddThh:mm:ss.ssssss` (also with a blank instead of the T, with less or no fraction, with a zone),
 * `YYYY-MM-DD` and `YYYYMMDD`. The value is ISO 8601 text: `2024-03-14T16:20:05`, with a fraction only where it is not
 * zero, with a zone only where one was sent; a date alone is midnight. Written with six digits of fraction.
 */
export function dateTime(options: DateTimeOptions = {}): TextType<string> {
  const { example = '2024-03-14T16:20:05', zone = 'keep' } = options;
  const read = (value: string): string | Problem => plainInstant(value) ?? readDateTime(value, zone);
  return {
    describe: 'date and time, ISO 8601',
    secret: false,
    read,
    write: (value) => {
      const normal = typeof value === 'string' ? read(value) : notADate;
      return normal instanceof Problem ? normal : withMicroseconds(normal);
    },
    makeUp: (choose) => {
      const date = madeUpDate(choose);
      if (date === undefined) return example;
      return `${date}T${madeUpTime(choose)}${choose(3) === 1 ? '.25' : ''}${zone === 'keep' && choose(4) === 1 ? 'Z' : ''}`;
    },
  };
}

/**
 * Recognises `yyyy-mm-ddThh:mm:ss` with or without a fraction of six zeros, which is what most documents hold, at a
 * fraction of the cost of the pattern. Undefined for everything else, days after the 28th included.
 */
function plainInstant(value: string): string | undefined {
  if (value.length !== 19 && !(value.length === 26 && value.endsWith('.000000'))) return undefined;
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

const notADate = new Problem('is not a date such as 2024-03-14T16:20:05.000000 or 20240314');

function readDateTime(value: string, keep: 'keep' | 'utc'): string | Problem {
  const match = dateAndTime.exec(value) ?? dateAndTime.exec(trim(value));
  if (match === null) return notADate;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', sent = ''] = match;
  const zone = sent.length === 5 ? `${sent.slice(0, 3)}:${sent.slice(3)}` : sent;
  if (!isDate(year, month, day) || !isTime(hour, minute, second) || !isZone(zone)) return new Problem('is not a date or time that exists');
  const plain = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (keep === 'keep' || zone === '') return `${plain}${significant(fraction)}${zone}`;
  const moved = new Date(plain + zone);
  // Moving to another zone changes minutes and more, so that the fraction stays as it is.
  return Number.isNaN(moved.getTime()) ? notADate : `${moved.toISOString().slice(0, 19)}${significant(fraction)}`;
}

function isZone(zone: string): boolean {
  return zone === '' || zone === 'Z' || (Number(zone.slice(1, 3)) < 24 && Number(zone.slice(4)) < 60);
}

function significant(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction.charCodeAt(end - 1) === 48) end -= 1;
  return end === 0 ? '' : `.${fraction.slice(0, end)}`;
}

function withMicroseconds(normal: string): string {
  const [, fraction = ''] = /\.(\d+)/.exec(normal) ?? [];
  return `${normal.slice(0, 19)}.${fraction.padEnd(6, '0')}${normal.slice(19).replace(/^\.\d+/, '')}`;
}

/** `YYYYMMDD` (also `YYYY-MM-DD`). The value is `2024-03-14`; written as `20240314`. */
export function date8(): TextType<string> {
  const problem = new Problem('is not a date such as 20240314');
  return {
    describe: 'date, YYYYMMDD',
    secret: false,
    read: (value) => {
      const [, year = '', month = '', day = ''] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(trim(value)) ?? [];
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
  return { ...compact, describe: 'date, YYYY-MM-DD', write: check };
}

/** `HHMMSS` (also `HH:MM:SS`). The value is `16:20:05`; written as `162005`. */
export function time6(): TextType<string> {
  const problem = new Problem('is not a time of day such as 162005');
  return {
    describe: 'time of day, HHMMSS',
    secret: false,
    read: (value) => {
      const [, hour = '', minute = '', second = ''] = /^(\d{2}):?(\d{2}):?(\d{2})$/.exec(trim(value)) ?? [];
      return isTime(hour, minute, second) ? `${hour}:${minute}:${second}` : problem;
    },
    write: (value) => {
      const [, hour = '', minute = '', second = ''] = /^(\d{2}):(\d{2}):(\d{2})$/.exec(value) ?? [];
      return isTime(hour, minute, second) ? hour + minute + second : problem;
    },
    makeUp: (choose) => madeUpTime(choose),
  };
}

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDate(year: string, month: string, day: string): boolean {
  const y = Number(year);
  const m = Number(month);
  const d = Number(day);
  const leap = m === 2 && y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  return year !== '' && d >= 1 && d <= (daysInMonth[m - 1] ?? 0) + (leap ? 1 : 0);
}

function isTime(hour: string, minute: string, second: string): boolean {
  return hour !== '' && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}
