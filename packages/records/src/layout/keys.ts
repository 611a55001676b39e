/** What the value of a key has to be: a check, and a clause that completes "has to be …". */
type Kind = readonly [is: (value: unknown) => boolean, says: string];

const text: Kind = [(value) => typeof value === 'string', 'text; write it in quotes'];
const flag: Kind = [(value) => typeof value === 'boolean', 'true or false'];
const texts: Kind = [(value) => Array.isArray(value) && value.every((each) => typeof each === 'string'), 'a list of texts'];
const list: Kind = [(value) => Array.isArray(value) && value.every(isObject), 'a list of items'];

const largest = 0x7fff_ffff;
const width: Kind = [(value) => isWhole(value, 0, largest), 'a whole number of units'];

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function isLength(value: unknown): boolean {
  if (!isObject(value)) return width[0](value);
  const { in: name, max, ...rest } = value as { readonly in?: unknown; readonly max?: unknown };
  return typeof name === 'string' && width[0](max) && Object.keys(rest).length === 0;
}

function isOccurs(value: unknown): boolean {
  if (!isObject(value)) return value === 'end' || width[0](value);
  const { depending, min = 0, max, ...rest } = value as { readonly depending?: unknown; readonly min?: unknown; readonly max?: unknown };
  return typeof depending === 'string' && width[0](min) && width[0](max) && Number(min) <= Number(max) && Object.keys(rest).length === 0;
}

const kinds: Readonly<Record<string, Kind>> = {
  alternatives: list,
  always: text,
  blankWhenZero: flag,
  by: text,
  decimalComma: flag,
  decimals: [(value) => isWhole(value, -38, 38), 'a whole number of at most 38'],
  description: text,
  digits: [(value) => isWhole(value, 1, 38), 'a whole number of 1 to 38'],
  evidence: text,
  filler: width,
  format: text,
  item: [isObject, 'a group or field'],
  items: list,
  layout: [isObject, 'a layout'],
  least: width,
  max: [(value) => isWhole(value, 1, largest), 'a whole number of at least 1'],
  min: width,
  surplus: [(value) => value === 'keep' || value === 'refuse', '"keep" or "refuse"'],
  tag: [(value) => typeof value === 'string' && /^[A-Za-z][\w.-]{0,99}$/.test(value), 'a tag, of letters and digits'],
  tags: list,
  justify: [(value) => value === 'left' || value === 'right', '"left" or "right"'],
  length: [isLength, 'a whole number of units, or { in: FIELD, max: NUMBER }'],
  name: [isName, 'a name, without /, [, ] and #'],
  native: flag,
  none: texts,
  occurs: [isOccurs, 'a whole number, "end", or { depending: FIELD, min: NUMBER, max: NUMBER }'],
  pad: [(value) => typeof value === 'string' && /^[\x20-\x7e]$/.test(value), 'one ASCII character'],
  padded: flag,
  picture: text,
  pivot: [(value) => isWhole(value, 0, 100), 'a whole number of 0 to 100'],
  required: flag,
  secret: flag,
  separate: flag,
  sign: [(value) => value === 'leading' || value === 'trailing', '"leading" or "trailing"'],
  signed: flag,
  truncate: flag,
  type: text,
  value: text,
  when: texts,
};

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !/[/[\]#]/.test(value) && value !== '__proto__';
}

const described = ['description', 'evidence'];
const repeated = [...described, 'occurs', 'name'];
const tagged = [...described, 'tag', 'min', 'max'];
const valued = [...repeated, 'value', 'required', 'secret', 'type'];
const numeric = [...valued, 'digits', 'decimals', 'signed'];

/** What each kind of item may say, and what it has to. A key that is misspelt would otherwise be a rule that nobody keeps. */
export const keysOf: Readonly<Record<string, readonly [may: readonly string[], must: readonly string[]]>> = {
  'a filler': [[...repeated, 'filler'], ['filler']],
  'a group': [
    [...repeated, 'items'],
    ['name', 'items'],
  ],
  'a choice': [[...described, 'alternatives', 'by', 'always', 'padded'], ['alternatives']],
  'an alternative': [['when', 'item'], ['item']],
  'a tag around tags': [[...tagged, 'tags'], ['tag']],
  'a tag around fields': [[...tagged, 'layout', 'least', 'surplus'], ['tag']],
  text: [
    [...valued, 'length', 'justify', 'pad', 'truncate'],
    ['name', 'length'],
  ],
  number: [
    [...valued, 'length', 'justify', 'pad', 'decimals'],
    ['name', 'length'],
  ],
  date: [[...valued, 'length', 'format', 'none', 'pivot'], ['name']],
  time: [[...valued, 'length', 'format', 'none'], ['name']],
  timestamp: [[...valued, 'length', 'format', 'none', 'pivot'], ['name']],
  zoned: [
    [...numeric, 'sign', 'separate', 'blankWhenZero'],
    ['name', 'digits'],
  ],
  packed: [numeric, ['name', 'digits']],
  binary: [
    [...numeric, 'native'],
    ['name', 'digits'],
  ],
  edited: [
    [...valued, 'picture', 'decimalComma', 'blankWhenZero'],
    ['name', 'picture'],
  ],
};

/** What is wrong with the keys of an item, as a clause that completes "The layout X …", and a hint; undefined: nothing. */
export function faultOfKeys(item: object, kind: string): readonly [says: string, hint?: string] | undefined {
  const [may, must] = keysOf[kind]!;
  const what = kind.includes(' ') ? kind : `a field of the type ${kind}`;
  const given = Object.entries(item).filter(([, value]) => value !== undefined);
  const stranger = given.find(([key]) => !may.includes(key));
  if (stranger !== undefined) return [`has "${stranger[0]}", which ${what} does not know`, `It knows ${may.join(', ')}.`];
  const wrong = given.find(([key, value]) => !kinds[key]![0](value));
  if (wrong !== undefined) return [`has "${wrong[0]}": ${JSON.stringify(wrong[1])?.slice(0, 40)}, which has to be ${kinds[wrong[0]]![1]}`];
  const missing = must.find((key) => !given.some(([each]) => each === key));
  return missing === undefined ? undefined : [`has no "${missing}", which ${what} has to have`];
}
