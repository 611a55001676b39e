/** A JSON Schema, as it stands in a card. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a JSON Schema says about a value, alternatives taken together. */
export interface Shape {
  /** The kinds of JSON that it may be. Empty: nothing is said. */
  readonly kinds: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, Schema>;
  /** The fields that every alternative asks for. */
  readonly required: ReadonlySet<string>;
  /** Of a list: what its entries are. */
  readonly entries: Schema | undefined;
  /** The keys of the object are data. */
  readonly isRecord: boolean;
  /** The texts that it may be, where they are counted out. */
  readonly words: readonly string[] | undefined;
  readonly minLength: number;
  /** The longest text in characters; `Infinity` where nothing is said. */
  readonly maxLength: number;
}

/** Says what is known of a schema. References are not followed: a schema in a card has none. */
export function shapeOf(schema: Schema): Shape {
  const alternatives = schemasIn(schema['anyOf'] ?? schema['oneOf']);
  const own = plainShape(schema);
  const together = schemasIn(schema['allOf']).map(shapeOf);
  const whole = together.reduce(both, own);
  if (alternatives.length === 0) return whole;
  return both(whole, alternatives.map(shapeOf).reduce(either));
}

function plainShape(schema: Schema): Shape {
  const { type, properties, required, items, patternProperties, additionalProperties } = schema;
  const words = wordsOf(schema);
  const kinds = new Set(typeof type === 'string' ? [type] : Array.isArray(type) ? (type as string[]) : words ? ['string'] : []);
  return {
    kinds,
    fields: new Map(Object.entries(isSchema(properties) ? properties : {}) as [string, Schema][]),
    required: new Set(Array.isArray(required) ? (required as string[]) : []),
    entries: isSchema(items) ? items : undefined,
    isRecord: isSchema(patternProperties) || isSchema(additionalProperties),
    words,
    minLength: numberOr(schema['minLength'], 0),
    maxLength: numberOr(schema['maxLength'], Number.POSITIVE_INFINITY),
  };
}

function wordsOf({ enum: words, const: word }: Schema): readonly string[] | undefined {
  const all = Array.isArray(words) ? (words as unknown[]) : word === undefined ? [] : [word];
  const texts = all.filter((each) => typeof each === 'string');
  return all.length > 0 && texts.length === all.length ? texts : undefined;
}

/** One of two may hold. */
function either(a: Shape, b: Shape): Shape {
  return {
    kinds: a.kinds.size === 0 || b.kinds.size === 0 ? new Set() : new Set([...a.kinds, ...b.kinds]),
    fields: allFields(a, b, 'anyOf'),
    required: new Set([...a.required].filter((name) => b.required.has(name))),
    entries: a.entries && b.entries ? { anyOf: [a.entries, b.entries] } : (a.entries ?? b.entries),
    isRecord: a.isRecord || b.isRecord,
    words: a.words && b.words && [...new Set([...a.words, ...b.words])],
    minLength: Math.min(a.minLength, b.minLength),
    maxLength: Math.max(a.maxLength, b.maxLength),
  };
}

/** Both have to hold. */
function both(a: Shape, b: Shape): Shape {
  const kinds = a.kinds.size === 0 ? b.kinds : b.kinds.size === 0 ? a.kinds : new Set([...a.kinds].filter((kind) => b.kinds.has(kind)));
  return {
    kinds,
    fields: allFields(a, b, 'allOf'),
    required: new Set([...a.required, ...b.required]),
    entries: a.entries && b.entries ? { allOf: [a.entries, b.entries] } : (a.entries ?? b.entries),
    isRecord: a.isRecord || b.isRecord,
    words: a.words && b.words ? a.words.filter((word) => b.words?.includes(word)) : (a.words ?? b.words),
    minLength: Math.max(a.minLength, b.minLength),
    maxLength: Math.min(a.maxLength, b.maxLength),
  };
}

function allFields(a: Shape, b: Shape, how: 'anyOf' | 'allOf'): ReadonlyMap<string, Schema> {
  const fields = new Map(a.fields);
  for (const [name, schema] of b.fields) {
    const other = fields.get(name);
    fields.set(name, other === undefined ? schema : { [how]: [other, schema] });
  }
  return fields;
}

function schemasIn(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
