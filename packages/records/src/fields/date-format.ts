/** The form of a date, taken apart. */
export interface DateForm {
  readonly format: string;
  readonly parts: readonly string[];
  readonly width: number;
  /** How many digits of the fraction of a second. */
  readonly fraction: number;
  readonly pivot: number | undefined;
  /** True: it has a place for everything that a value of its type can say, but for digits of the fraction. */
  readonly complete: boolean;
}

type Type = 'date' | 'time' | 'timestamp';

export const usualForms: Readonly<Record<Type, string>> = {
  date: 'YYYYMMDD',
  time: 'hhmmss',
  timestamp: 'YYYY-MM-DD-hh.mm.ss.ffffff',
};

/** Otherwise a clause that completes "The form …". */
export function parsed(format: string, type: Type, pivot: number | undefined): DateForm | string {
  const parts: readonly string[] = format.match(/YYYY|YY|MM|DDD|DD|hh|mm|ss|f+|[\s\S]/g) ?? [];
  const has = (part: string): boolean => parts.includes(part);
  const stranger = parts.find((part) => /[A-Za-z]/.test(part) && !/^(YYYY|YY|MM|DDD|DD|hh|mm|ss|f+|T)$/.test(part));
  if (stranger !== undefined) return `has "${stranger}", which is no part of a date or time`;
  const repeated = parts.find((part, index) => /[A-Za-z]/.test(part) && parts.indexOf(part) !== index);
  if (repeated !== undefined) return `has ${repeated} twice`;
  if (!/^[\x20-\x7e]*$/.test(format)) return 'has a character that is not ASCII';
  const day = (has('YYYY') || has('YY')) && (has('DDD') ? !has('MM') && !has('DD') : has('MM') && has('DD'));
  const time = has('hh') && has('mm');
  if (type !== 'time' && (!day || (has('YYYY') && has('YY')))) return 'does not tell year, month and day once each';
  if (type !== 'date' && !time) return 'does not tell hour and minute';
  const more = type === 'date' ? ['hh', 'mm', 'ss'] : type === 'time' ? ['YYYY', 'YY', 'MM', 'DD', 'DDD'] : [];
  if (more.some(has)) return `has parts that a ${type} has not`;
  const fraction = parts.find((part) => part.startsWith('f'))?.length ?? 0;
  if (fraction > 0 && (type !== 'timestamp' || !has('ss') || fraction > 9)) return 'has a fraction of a second that cannot be';
  if (has('YY') && (pivot === undefined || !Number.isInteger(pivot) || pivot < 0 || pivot > 100))
    return 'has YY, which needs a pivot of 0 to 100';
  const complete = has('YYYY') !== (type === 'time') && has('ss') !== (type === 'date');
  return { format, parts, width: format.length, fraction, pivot, complete };
}

/** ISO 8601 text of what a text of this form says, whether such a day exists or not; undefined when it is not of this form. */
export function readParts(text: string, form: DateForm, type: Type): string | undefined {
  if (text.length !== form.width) return undefined;
  const found: Record<string, string> = {};
  let at = 0;
  for (const part of form.parts) {
    const piece = text.slice(at, at + part.length);
    at += part.length;
    if (/^[A-Zf-z]/.test(part) && part !== 'T') {
      if (!/^\d+$/.test(piece)) return undefined;
      found[part.startsWith('f') ? 'f' : part] = piece;
    } else if (piece !== part) return undefined;
  }
  const time = `${found['hh'] ?? '00'}:${found['mm'] ?? '00'}:${found['ss'] ?? '00'}`;
  if (type === 'time') return time;
  const date = dateOf(found, form.pivot ?? 0);
  if (type === 'date') return date;
  return `${date}T${time}${found['f'] === undefined ? '' : `.${found['f']}`}`;
}

function dateOf(found: Readonly<Record<string, string>>, pivot: number): string {
  const short = found['YY'];
  const year = found['YYYY'] ?? (short === undefined ? '' : `${Number(short) >= pivot ? '19' : '20'}${short}`);
  if (found['DDD'] === undefined) return `${year}-${found['MM']}-${found['DD']}`;
  const day = new Date(Date.parse(`${year}-01-01T00:00:00Z`) + (Number(found['DDD']) - 1) * 86_400_000);
  // A day that the year does not have is no date: neither is the one that it would be.
  return !Number.isNaN(day.getTime()) && day.getUTCFullYear() === Number(year) ? day.toISOString().slice(0, 10) : `${year}-00-00`;
}

/** The text of ISO 8601 without a zone. */
export function writeParts(iso: string, form: DateForm): string {
  const isTime = /^\d\d:/.test(iso);
  const [date = '', time = ''] = isTime ? ['', iso] : iso.split('T');
  const values: Readonly<Record<string, string>> = {
    YYYY: date.slice(0, 4),
    YY: date.slice(2, 4),
    MM: date.slice(5, 7),
    DD: date.slice(8, 10),
    hh: time.slice(0, 2),
    mm: time.slice(3, 5),
    ss: time.slice(6, 8),
  };
  return form.parts.map((part) => partOf(part, date, iso, values)).join('');
}

function partOf(part: string, date: string, iso: string, values: Readonly<Record<string, string>>): string {
  if (part.startsWith('f')) return fraction(iso).padEnd(part.length, '0');
  if (part === 'DDD') return dayOfYear(date);
  return values[part] ?? part;
}

function dayOfYear(date: string): string {
  return String((Date.parse(date) - Date.parse(`${date.slice(0, 4)}-01-01`)) / 86_400_000 + 1).padStart(3, '0');
}

export function fraction(iso: string): string {
  return /\.(\d+)$/.exec(iso)?.[1] ?? '';
}
