import { layoutErrors } from '../errors.ts';
import { faultOfKeys, isObject, isWhole, keysOf } from './keys.ts';
import type { Choice, Field, Item, Layout } from './layout.ts';

/** Throws WB_RECORD_LAYOUT for what is wrong in the layout as data, whatever it is used for. */
export function checkLayout(layout: Layout): void {
  if (!isObject(layout)) throw fault('', 'is no object');
  const { name, items } = layout;
  if (typeof name !== 'string') throw fault('', 'has a name that is not text');
  if (!Array.isArray(items) || !items.every(isObject)) throw fault(name, 'has no list of items');
  checkItems(items as readonly Item[], name);
}

export function fault(path: string, says: string, hint?: string): Error {
  return layoutErrors.WB_RECORD_LAYOUT(`The layout ${path === '' ? 'without a name' : path} ${says}.`, { at: path, hint });
}

function checkItems(items: readonly Item[], path: string): void {
  const names = new Set<string>();
  for (const item of items) {
    checkItem(item, path);
    for (const name of namesOf(item)) {
      if (names.has(name)) throw fault(path, `has two items of the name ${name}`);
      names.add(name);
    }
  }
}

function namesOf(item: Item): readonly string[] {
  if ('alternatives' in item) return item.alternatives.map((each) => each.item.name);
  return 'filler' in item ? [] : [item.name];
}

function checkItem(item: Item, path: string): void {
  if ('filler' in item) return checkKeys(item, 'a filler', path);
  if ('alternatives' in item) return checkChoice(item, path);
  const own = pathOf(item.name, path);
  if (!('items' in item)) return checkField(item, own);
  checkKeys(item, 'a group', own);
  checkItems(item.items, own);
}

/** A name that is none is told at the group. */
function pathOf(name: unknown, path: string): string {
  if (typeof name !== 'string' || name === '') return path;
  return path === '' ? name : `${path}/${name}`;
}

function checkKeys(item: object, kind: string, path: string): void {
  const found = faultOfKeys(item, kind);
  if (found !== undefined) throw fault(path, ...found);
}

function checkChoice(choice: Choice, path: string): void {
  checkKeys(choice, 'a choice', path);
  const { alternatives, by, always } = choice;
  if (alternatives.length === 0) throw fault(path, 'has a choice without alternatives');
  for (const each of alternatives) {
    checkKeys(each, 'an alternative', path);
    checkItem(each.item, path);
    if (typeof each.item.name !== 'string') throw fault(path, 'has an alternative without a name');
  }
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
}

function checkField(field: Field, path: string): void {
  const { type = 'text' } = field;
  if (!isType(type)) throw fault(path, `has the type ${JSON.stringify(type)}, which does not exist`);
  checkKeys(field, type, path);
  if (field.type === 'number') checkNumber(field, path);
  if (field.type === 'binary' && field.digits > 18) throw fault(path, 'is binary, which has 1 to 18 digits');
  if (field.type === 'zoned' && field.signed !== true && (field.sign !== undefined || field.separate === true)) {
    throw fault(path, 'says where its sign stands, and is not `signed`');
  }
  if (field.type !== undefined && field.type !== 'text' && 'length' in field && typeof field.length === 'object') {
    throw fault(path, 'has a length that stands in a field, which only text can have');
  }
}

function isType(type: unknown): boolean {
  return typeof type === 'string' && !type.includes(' ') && Object.hasOwn(keysOf, type);
}

function checkNumber({ pad = ' ', justify, decimals }: Extract<Field, { readonly type: 'number' }>, path: string): void {
  if (pad !== ' ' && !(pad === '0' && justify === 'right')) {
    const hint = 'Numbers are padded with blanks or, to the left, with zeros.';
    throw fault(path, `is a number that is padded with "${pad}"`, hint);
  }
  if (decimals !== undefined && !isWhole(decimals, 0, 38)) throw fault(path, 'is a number as text, whose decimals are 0 to 38');
}
