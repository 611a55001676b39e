import type { Type as TypeBox } from 'typebox';

type Builders = Pick<
  typeof TypeBox,
  'Array' | 'Boolean' | 'Integer' | 'Literal' | 'Number' | 'Object' | 'Optional' | 'Record' | 'String' | 'Union' | 'Unknown' | 'Unsafe'
>;

type Schema = Readonly<Record<string, unknown>>;
type Options = Schema | undefined;

/** Under this name TypeBox marks an optional property; with the same mark its schemas and ours can be mixed. */
const optionalMark = '~optional';

/**
 * TypeBox's builders, as many as messages and settings need: the same schemas under the same types, checked against
 * TypeBox itself in the tests. Importing TypeBox for them would load 700 modules into every process, which takes more
 * time than the rest of a start and more memory than the kernel; schemas that were built with it are just as welcome.
 */
export const Type = {
  String: (options?: Options) => ({ type: 'string', ...options }),
  Boolean: (options?: Options) => ({ type: 'boolean', ...options }),
  Integer: (options?: Options) => ({ type: 'integer', ...options }),
  Number: (options?: Options) => ({ type: 'number', ...options }),
  Literal: (value: string | number | boolean, options?: Options) => ({ type: typeof value, const: value, ...options }),
  Unknown: (options?: Options) => ({ ...options }),
  Unsafe: (schema: Schema) => ({ ...schema }),
  Array: (items: Schema, options?: Options) => ({ type: 'array', items, ...options }),
  Union: (anyOf: readonly Schema[], options?: Options) => ({ anyOf, ...options }),
  Record: (key: Schema, value: Schema, options?: Options) => ({
    type: 'object',
    patternProperties: { [typeof key['pattern'] === 'string' ? key['pattern'] : '^.*$']: value },
    ...options,
  }),
  Optional: (schema: Schema) => Object.defineProperty({ ...schema }, optionalMark, { value: true }),
  Object: (properties: Readonly<Record<string, Schema>>, options?: Options) => {
    const required = Object.keys(properties).filter((key) => !(optionalMark in (properties[key] ?? {})));
    return { type: 'object', ...(required.length > 0 ? { required } : {}), properties, ...options };
  },
} as unknown as Builders;
