import { binaryWidth } from '../fields/binary.ts';
import type { Field } from '../layout/layout.ts';
import type { Entry } from './entry.ts';
import { copybookFault, type SourcePlace } from './fault.ts';
import { pictureOf } from './picture-clause.ts';
import { nameOf } from './tree.ts';

/** What a group says for all below it. */
export interface Inherited {
  readonly usage: Entry['usage'];
  readonly sign: Entry['sign'];
}

/** An item with a picture, without its name. */
export interface Elementary {
  readonly field: DistributiveOmit<Field, 'name'>;
  readonly width: number;
  /** To which multiple its place is moved where it is SYNC. */
  readonly align: number;
}

type DistributiveOmit<Type, Key extends PropertyKey> = Type extends unknown ? Omit<Type, Key> : never;

export function elementaryOf(entry: Entry, inherited: Inherited, decimalComma: boolean): Elementary {
  const usage = entry.usage ?? inherited.usage;
  checkUsage(usage, entry);
  if (entry.picture === undefined) throw copybookFault(`${nameOf(entry)} has no picture, and nothing stands below it`, entry.place);
  const { text, place } = entry.picture;
  const picture = pictureOf(text, decimalComma);
  if (typeof picture === 'string') throw copybookFault(`The picture ${text} of ${nameOf(entry)} ${picture}`, place);
  if (picture.kind === 'number') return numberOf(entry, picture, usage?.word ?? 'DISPLAY', entry.sign ?? inherited.sign);
  if (usage !== undefined && usage.word !== 'DISPLAY') {
    throw copybookFault(`${nameOf(entry)} is ${usage.word}, which the picture ${text} cannot be`, entry.usage?.place ?? place);
  }
  const blankWhenZero = entry.blankWhenZero === true ? { blankWhenZero: true } : {};
  if (picture.kind === 'text') {
    if (entry.blankWhenZero) throw copybookFault(`${nameOf(entry)} is text, which cannot be BLANK WHEN ZERO`, place);
    const justify = entry.justified === true ? { justify: 'right' as const } : {};
    return { field: { type: 'text', length: picture.length, ...justify }, width: picture.length, align: 1 };
  }
  const comma = decimalComma ? { decimalComma } : {};
  return { field: { type: 'edited', picture: text.toUpperCase(), ...comma, ...blankWhenZero }, width: picture.width, align: 1 };
}

const usages = ['DISPLAY', 'COMP', 'COMP-3', 'COMP-4', 'COMP-5', 'BINARY', 'PACKED-DECIMAL'];

function checkUsage(usage: Entry['usage'], entry: Entry): void {
  if (usage === undefined || usages.includes(usage.word)) return;
  const hint = /^COMP-[12]$/.test(usage.word) ? 'Floating-point numbers are not exact; have the sender use COMP-3.' : undefined;
  throw copybookFault(`${nameOf(entry)} is ${usage.word}, which is not supported`, usage.place, hint);
}

interface NumberPicture {
  readonly digits: number;
  readonly decimals: number;
  readonly signed: boolean;
}

function numberOf(entry: Entry, { digits, decimals, signed }: NumberPicture, usage: string, sign: Entry['sign']): Elementary {
  const size = { digits, ...(decimals === 0 ? {} : { decimals }), ...(signed ? { signed } : {}) };
  const place = entry.picture?.place as SourcePlace;
  if (usage !== 'DISPLAY' && entry.blankWhenZero)
    throw copybookFault(`${nameOf(entry)} is ${usage}, which cannot be BLANK WHEN ZERO`, place);
  if (usage === 'COMP-3' || usage === 'PACKED-DECIMAL') return { field: { type: 'packed', ...size }, width: (digits >> 1) + 1, align: 1 };
  if (usage !== 'DISPLAY') {
    if (digits > 18) throw copybookFault(`${nameOf(entry)} is ${usage} with ${digits} digits; at most 18 are supported`, place);
    const width = binaryWidth(digits);
    const native = usage === 'COMP-5' ? { native: true } : {};
    return { field: { type: 'binary', ...size, ...native }, width, align: entry.sync === true ? Math.min(width, 4) : 1 };
  }
  if (entry.sign !== undefined && !signed) throw copybookFault(`${nameOf(entry)} has SIGN, and no S in its picture`, place);
  const where = signed && sign?.leading === true ? { sign: 'leading' as const } : {};
  const separate = signed && sign?.separate === true ? { separate: true } : {};
  const blankWhenZero = entry.blankWhenZero === true ? { blankWhenZero: true } : {};
  const width = digits + (separate.separate === true ? 1 : 0);
  return { field: { type: 'zoned', ...size, ...where, ...separate, ...blankWhenZero }, width, align: 1 };
}
