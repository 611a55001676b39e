import { exactNumber } from '@waybill/commerce';
import { type AnyKeys, constant, type Group, mapping, type Node, once, perhaps } from '@waybill/mapping';
import {
  type Choose,
  dateTime,
  dayInstant,
  decimalText,
  Problem,
  reference as referenceType,
  type TextType,
  text,
  timestamp,
} from '@waybill/values';
import { type MessageTable, userDataWidths } from './layouts/message.ts';
import { type RecordTable, versionField } from './layouts/record.ts';

// What the texts of several messages mean. How long they may be is said by the layouts alone, since an option can change it: the values
// that are made up stay short.

const signs = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';

/** A code of at most `most` letters and digits, by chance; the example for the plainest choice. */
function code(choose: Choose, example: string, most: number): string {
  const length = choose(most + 1);
  return length === 0 ? example : Array.from({ length }, () => signs[choose(signs.length)]).join('');
}

/** Whether a text is nothing on the wire: blanks are padding. */
export const isBlank = (value: string | undefined): boolean => value === undefined || /^ *$/.test(value);

/** A key or a code. Blanks around it do not make it another one; one of blanks alone would not be read again, and is refused. */
export function id(example: string, most = 8): TextType<string> {
  const type = text({ min: 1, trim: true });
  return {
    ...type,
    write: (value) => (typeof value === 'string' && /^[ \t\r\n]*$/.test(value) ? new Problem('is blank') : type.write(value)),
    makeUp: (choose) => code(choose, example, most),
  };
}

/** Text for people. Blanks behind it are padding. */
export const words = (example: string): TextType<string> => ({
  ...text(),
  makeUp: (choose) => text({ example, max: 20 }).makeUp(choose).replace(/ +$/, '') || example,
});

/** Text that never appears in an error. */
export const hidden = (example: string): TextType<string> => ({ ...text({ secret: true }), makeUp: (choose) => code(choose, example, 8) });

export const reference = (example: string): TextType<string> => ({
  ...referenceType(),
  makeUp: (choose) => referenceType({ digits: 9, example }).makeUp(choose),
});

/** Field widths leave no room for all digits that an amount may have. */
const decimal = (example: string, { digits, scale }: { readonly digits: number; readonly scale: number }): TextType<string> => ({
  ...decimalText(exactNumber),
  makeUp: (choose) => decimalText({ digits, scale, example }).makeUp(choose),
});
export const amount = (example = '184.50'): TextType<string> => decimal(example, { digits: 11, scale: 5 });
export const quantity = (example = '3'): TextType<string> => decimal(example, { digits: 7, scale: 2 });

export const currency = id('CAD', 3);
export const instant = dateTime({ zone: 'utc' });
export { dayInstant, timestamp };

/** The name of a field of user data. What surrounding blanks tell apart would be one name when it is read. */
const userDataName: TextType<string> = {
  ...text({ min: 1, max: userDataWidths.name, trim: true }),
  write: (name) => (name === name.trim() ? text({ min: 1, max: userDataWidths.name }).write(name) : new Problem('has blanks around it')),
  makeUp: (choose) => code(choose, 'GIFTWRAP', userDataWidths.name),
};

const u = mapping<{ readonly userData?: Readonly<Record<string, string>> }>();
export const userData: Node<'userData'> = u.entries('USRLST?', 'userData', {
  as: text({ example: 'yes' }),
  entry: { name: 'DATUSR', by: 'NC_FieldName', named: userDataName, text: 'NC_FieldValue' },
  about: 'data that the message has no field for, by name',
});

/** Neighbours that are one list: the first field is its first entry. Gaps are empty entries. */
export function listed(names: readonly string[], as: TextType<string>) {
  const parts = Object.fromEntries(names.map((name) => [`${name}?`, as]));
  const join = (texts: readonly (string | undefined)[]): string[] => {
    const last = texts.findLastIndex((each) => each !== undefined);
    return Array.from({ length: last + 1 }, (_, index) => texts[index] ?? '');
  };
  const split = (values: readonly unknown[]): readonly (string | undefined)[] | Problem => {
    if (!Array.isArray(values)) return new Problem('is not a list');
    if (values.length > names.length) return new Problem(`has ${values.length} entries; there is room for ${names.length}`);
    return values.map((value) => (value === '' ? undefined : (value as string)));
  };
  return { parts, joint: { join, split } } as const;
}

function group(name: string, has: readonly Node[]): Group {
  return { kind: 'group', name, occurs: once, has, into: undefined };
}

/** The fields of a record: its version number, and those that mean something. */
export function fieldsOf<Keys>(table: RecordTable, has: readonly Node<Keys>[]): readonly Node<Keys>[] {
  return [constant(versionField(table), table.version, { about: 'version of the record' }), ...has];
}

/** A record whose fields live where it does. */
export function record<Keys>(table: RecordTable, has: readonly Node<Keys>[], check?: Group['check']): Node<Keys> {
  return { ...group(table.tag, fieldsOf(table, has)), check } as Node<Keys>;
}

/** A message: its first record, the header, and the list of items. */
export function message<T>({ type, version, items }: MessageTable, header: readonly Node<AnyKeys<T>>[], item?: Node<AnyKeys<T>>): Group {
  const prolog = group('PROLOG', [
    constant('NC_MsgType', type, { about: 'type of the message' }),
    constant('NC_MsgVersion', version, { about: 'version of the message' }),
    constant('NC_RESERVED', '', { about: 'blank' }),
  ]);
  const list = item === undefined ? [] : [{ ...group('ITMLST', [item]), occurs: items?.min === 0 ? perhaps : once }];
  return group('ECEDOC', [prolog, group('HEADER', header), ...list]);
}
