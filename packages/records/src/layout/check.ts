import { layoutErrors } from '../errors.ts';
import type { Alternative, Choice, Field, Item, Layout } from './layout.ts';

const described = ['description', 'evidence'];
const repeated = [...described, 'occurs'];
const valued = [...repeated, 'name', 'value', 'required', 'secret', 'type'];
const digits = [...valued, 'digits', 'decimals', 'signed'];

/** What a field of each type may say. A key that is misspelt would otherwise be a rule that nobody keeps. */
const keysOfFields: Readonly<Record<NonNullable<Field['type']>, readonly string[]>> = {
  text: [...valued, 'length', 'justify', 'pad', 'truncate'],
  number: [...valued, 'length', 'justify', 'pad', 'decimals'],
  date: [...valued, 'length', 'format', 'none', 'pivot'],
  time: [...valued, 'length', 'format', 'none'],
  timestamp: [...valued, 'length', 'format', 'none', 'pivot'],
  zoned: [...digits, 'sign', 'separate', 'blankWhenZero'],
  packed: digits,
  binary: [...digits, 'native'],
  edited: [...valued, 'picture', 'decimalComma', 'blankWhenZero'],
};

const largest = 0x7fff_ffff;

/** Throws WB_RECORD_LAYOUT for what is wrong in the layout as data, whatever it is used for. */
export function checkLayout({ name, items }: Layout): void {
  if (!Array.isArray(items)) throw fault(name, 'has no list of items');
  checkItems(items, name);
}

export function fault(path: string, says: string, hint?: string): Error {
  return layoutErrors.WB_RECORD_LAYOUT(`The layout ${path === '' ? 'without a name' : path} ${says}.`, { at: path, hint });
}

function checkItems(items: readonly Item[], path: string): void {
  const names = new Set<string>();
  for (const item of items) {
    for (const name of namesOf(item)) {
      if (names.has(name)) throw fault(path, `has two items of the name ${name}`);
      names.add(name);
    }
    checkItem(item, path);
  }
}

function namesOf(item: Item): readonly string[] {
  if ('alternatives' in item) return item.alternatives.map((each) => each.item.name);
  return 'filler' in item ? [] : [item.name];
}

function checkItem(item: Item, path: string): void {
  if ('filler' in item) {
    checkKeys(item, [...repeated, 'filler'], path, 'a filler');
    checkWidth(item.filler, path, 'filler');
  } else if ('alternatives' in item) {
    checkChoice(item, path);
    return;
  } else {
    const own = pathOf(item.name, path);
    if ('items' in item) {
      checkKeys(item, [...repeated, 'name', 'items'], own, 'a group');
      checkItems(item.items, own);
    } else checkField(item, own);
  }
  checkOccurs(item, path);
}

function pathOf(name: unknown, path: string): string {
  const isName = typeof name === 'string' && name !== '' && !/[/[\]#]/.test(name) && name !== '__proto__';
  if (!isName) throw fault(path, `has an item whose name cannot be ${JSON.stringify(name)}`, 'Names have no /, [, ] and #.');
  return path === '' ? name : `${path}/${name}`;
}

function checkKeys(item: object, known: readonly string[], path: string, what: string): void {
  const stranger = Object.keys(item).find((key) => !known.includes(key));
  if (stranger !== undefined) throw fault(path, `has "${stranger}", which ${what} does not know`, `It knows ${known.join(', ')}.`);
}

function checkChoice({ alternatives, by, always, padded, ...rest }: Choice, path: string): void {
  checkKeys(rest, described, path, 'a choice');
  if (alternatives.length === 0) throw fault(path, 'has a choice without alternatives');
  if (padded !== undefined && typeof padded !== 'boolean') throw fault(path, 'has a choice that is `padded` neither true nor false');
  if (by !== undefined && always !== undefined) throw fault(path, 'has a choice with both `by` and `always`');
  if (always !== undefined && !alternatives.some(({ item }) => item.name === always)) {
    throw fault(path, `has no alternative ${always}, which is always to hold`);
  }
  const values = alternatives.flatMap(({ when }) => when ?? []);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw fault(path, `has two alternatives for the value "${twice}"`);
  if (by !== undefined && alternatives.filter(({ when }) => when === undefined).length > 1) {
    throw fault(path, 'has two alternatives that hold for every other value');
  }
  for (const each of alternatives) checkAlternative(each, path);
}

function checkAlternative(alternative: Alternative, path: string): void {
  checkKeys(alternative, ['when', 'item'], path, 'an alternative');
  checkItem(alternative.item, path);
}

function checkField(field: Field, path: string): void {
  const type = field.type ?? 'text';
  if (!Object.hasOwn(keysOfFields, type)) throw fault(path, `has the type ${JSON.stringify(type)}, which does not exist`);
  checkKeys(field, keysOfFields[type], path, `a field of the type ${type}`);
  if ('length' in field) checkLength(field, path);
  else if (type === 'text' || type === 'number') throw fault(path, 'has no length');
  if ('pad' in field || 'justify' in field) checkPadding(field, path);
  if ('digits' in field) checkDigits(field, path);
  else if (type === 'zoned' || type === 'packed' || type === 'binary') throw fault(path, 'does not say how many digits it has');
  if (type === 'edited' && typeof (field as { picture?: unknown }).picture !== 'string') throw fault(path, 'has no picture');
  if (field.value !== undefined && typeof field.value !== 'string') throw fault(path, 'has a value that is not text; write it in quotes');
}

function checkLength({ length }: { readonly length?: unknown }, path: string): void {
  if (typeof length !== 'object' || length === null) checkWidth(length, path, 'length');
  else {
    const { in: name, max } = length as { readonly in?: unknown; readonly max?: unknown };
    if (typeof name !== 'string') throw fault(path, 'does not say in which field its length stands');
    checkWidth(max, path, 'largest length');
  }
}

function checkWidth(width: unknown, path: string, what: string): void {
  const isWidth = Number.isInteger(width) && Number(width) >= 0 && Number(width) <= largest;
  if (!isWidth) throw fault(path, `has the ${what} ${JSON.stringify(width)}, which is no whole number of units`);
}

function checkPadding(field: Field, path: string): void {
  const { pad = ' ', justify = 'left', type } = field as { pad?: unknown; justify?: unknown; type?: string };
  if (justify !== 'left' && justify !== 'right') throw fault(path, 'is justified neither "left" nor "right"');
  if (typeof pad !== 'string' || !/^[\x20-\x7e]$/.test(pad)) throw fault(path, 'is padded with something that is not one ASCII character');
  if (type === 'number' && pad !== ' ' && !(pad === '0' && justify === 'right')) {
    throw fault(path, `is a number that is padded with "${pad}"`, 'Numbers are padded with blanks or, to the left, with zeros.');
  }
}

function checkDigits(field: { readonly digits: number; readonly decimals?: number; readonly type: string }, path: string): void {
  const most = field.type === 'binary' ? 18 : 38;
  const { digits: count, decimals = 0 } = field;
  if (!Number.isInteger(count) || count < 1 || count > most) throw fault(path, `has to have 1 to ${most} digits`);
  if (!Number.isInteger(decimals) || Math.abs(decimals) > 38) throw fault(path, 'has decimals that are no whole number up to 38');
}

function checkOccurs({ occurs }: Item & { readonly occurs?: unknown }, path: string): void {
  if (occurs === undefined || occurs === 'end') return;
  if (typeof occurs === 'number') return checkWidth(occurs, path, 'number of occurrences');
  const { depending, min = 0, max } = occurs as { depending?: unknown; min?: unknown; max?: unknown };
  if (typeof depending !== 'string') throw fault(path, 'does not say on which field a number of occurrences depends');
  checkWidth(max, path, 'largest number of occurrences');
  checkWidth(min, path, 'least number of occurrences');
}
