/** What a value looks like that a drafted message is read into. */
export type Shape =
  | { readonly kind: 'text'; readonly words?: readonly string[] | undefined }
  | { readonly kind: 'mark' }
  | { readonly kind: 'object'; readonly fields: readonly DraftField[] }
  /** An object like one around it. */
  | { readonly kind: 'again' };

export interface DraftField {
  readonly name: string;
  readonly list: boolean;
  readonly optional: boolean;
  readonly shape: Shape;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of a shape: closed objects, so that nothing is lost in silence. */
export function schemaOf(shape: Shape): JsonSchema {
  switch (shape.kind) {
    case 'text':
      return shape.words === undefined ? { type: 'string' } : { type: 'string', enum: shape.words };
    case 'mark':
      return { type: 'boolean' };
    case 'again':
      return { type: 'object' };
    case 'object': {
      const required = shape.fields.filter(({ optional }) => !optional).map(({ name }) => name);
      return {
        type: 'object',
        ...(required.length > 0 ? { required } : {}),
        properties: Object.fromEntries(shape.fields.map((field) => [field.name, schemaOfField(field)])),
        additionalProperties: false,
      };
    }
  }
}

function schemaOfField({ list, optional, shape }: DraftField): JsonSchema {
  if (!list) return schemaOf(shape);
  return { type: 'array', ...(optional ? {} : { minItems: 1 }), items: schemaOf(shape) };
}

/** The same as a type of TypeScript. */
export function typeScriptOf(name: string, shape: Shape): string {
  return `export interface ${name} ${typeOf(shape, name, 0)}\n`;
}

function typeOf(shape: Shape, name: string, depth: number): string {
  switch (shape.kind) {
    case 'text':
      return shape.words === undefined ? 'string' : shape.words.map((word) => JSON.stringify(word)).join(' | ');
    case 'mark':
      return 'true';
    case 'again':
      return 'Record<string, unknown>';
    case 'object': {
      const indent = '  '.repeat(depth + 1);
      const lines = shape.fields.map(({ name: key, list, optional, shape: inner }) => {
        const type = typeOf(inner, name, depth + 1);
        const several = inner.kind === 'text' && inner.words !== undefined ? `(${type})[]` : `${type}[]`;
        return `${indent}${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}${optional ? '?' : ''}: ${list ? several : type};`;
      });
      return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
    }
  }
}
