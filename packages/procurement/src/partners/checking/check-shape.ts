/** A mistake in what somebody declared, and where: `buyers.larkfield.returnHosts[0]`. */
export interface Mistake {
  readonly at: string;
  readonly what: string;
}

/** As much of JSON Schema as the settings of partners use. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly { readonly const?: unknown }[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/** Every place at which `value` is not of the shape. Values are not shown: they may be secrets. */
export function mistakesIn(shape: unknown, value: unknown, at = ''): readonly Mistake[] {
  const node = shape as Shape;
  if (node.anyOf) return wordMistakes(node.anyOf, value, at);
  if (node.properties || node.patternProperties) return objectMistakes(node, value, at);
  if (node.items) return listMistakes(node, node.items, value, at);
  const what = valueMistake(node, value);
  return what === undefined ? [] : [{ at, what }];
}

export function pathOf(at: string, key: string): string {
  const part = /^[A-Za-z_][\w-]*$/.test(key) ? key : JSON.stringify(key);
  return at === '' ? part : `${at}.${part}`;
}

function wordMistakes(branches: readonly { readonly const?: unknown }[], value: unknown, at: string): readonly Mistake[] {
  if (branches.some((branch) => branch.const === value)) return [];
  return [{ at, what: `is not one of ${branches.map((branch) => String(branch.const)).join(', ')}` }];
}

function objectMistakes(node: Shape, value: unknown, at: string): readonly Mistake[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ at, what: 'is not an object' }];
  const given = Object.entries(value).filter(([, each]) => each !== undefined);
  const missing = (node.required ?? []).filter((key) => !given.some(([name]) => name === key));
  const [anyKey] = Object.values(node.patternProperties ?? {});
  return [
    ...missing.map((key) => ({ at: pathOf(at, key), what: 'is missing' })),
    ...given.flatMap(([key, each]) => {
      const child = node.properties && Object.hasOwn(node.properties, key) ? node.properties[key] : anyKey;
      return child ? mistakesIn(child, each, pathOf(at, key)) : [{ at: pathOf(at, key), what: 'is not known' }];
    }),
  ];
}

function listMistakes(node: Shape, items: Shape, value: unknown, at: string): readonly Mistake[] {
  if (!Array.isArray(value)) return [{ at, what: 'is not a list' }];
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = node;
  if (value.length < minItems) return [{ at, what: 'is empty' }];
  if (value.length > maxItems) return [{ at, what: `has ${value.length} entries; at most ${maxItems} are allowed` }];
  return value.flatMap((each: unknown, index) => mistakesIn(items, each, `${at}[${index}]`));
}

function valueMistake(node: Shape, value: unknown): string | undefined {
  if (node.type === 'string') return textMistake(node, value);
  if (node.type === 'integer') return numberMistake(node, value);
  return node.type !== 'boolean' || typeof value === 'boolean' ? undefined : 'is not true or false';
}

function textMistake({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Shape, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is not a text';
  if (value.length < minLength) return 'is empty';
  if (value.length > maxLength) return `has more than ${maxLength} characters`;
  return pattern !== undefined && !new RegExp(pattern, 'u').test(value) ? `is not of the form ${pattern}` : undefined;
}

function numberMistake({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Shape, value: unknown): string | undefined {
  if (!Number.isSafeInteger(value)) return 'is not a whole number';
  return (value as number) < minimum || (value as number) > maximum ? `is not between ${minimum} and ${maximum}` : undefined;
}
