interface Field {
  readonly kind: string;
  readonly offset: number;
  readonly length: number;
}

/** Where the fields of each structure are, as the library says when it connects. See `library/layouts.h`. */
export type Layouts = ReadonlyMap<string, ReadonlyMap<string, Field>>;

const known = new Map<string, Layouts>();

/** Reads lines of the form `MQMD.Report number 8 4`. All libraries of one build say the same, so it is read once. */
export function readLayouts(lines: string): Layouts {
  const layouts = known.get(lines) ?? parse(lines);
  known.set(lines, layouts);
  return layouts;
}

function parse(lines: string): Layouts {
  const layouts = new Map<string, Map<string, Field>>();
  for (const line of lines.trim().split('\n')) {
    const [name = '', kind = '', offset, length] = line.split(' ');
    const [structure = '', field = ''] = name.split('.');
    const fields = layouts.get(structure) ?? new Map<string, Field>();
    layouts.set(structure, fields.set(field, { kind, offset: Number(offset), length: Number(length) }));
  }
  return layouts;
}

type Value = number | bigint | string | Buffer;

/** A structure of the MQI as it came from a program; what is set here goes back to the program. */
export class Structure {
  readonly bytes: Buffer;
  readonly #fields: ReadonlyMap<string, Field>;

  constructor(layouts: Layouts, name: string, bytes: Buffer) {
    this.bytes = Buffer.from(bytes);
    this.#fields = layouts.get(name) ?? new Map<string, Field>();
  }

  number(name: string): number {
    return this.bytes.readInt32LE(this.#field(name).offset);
  }

  handle(name: string): bigint {
    return this.bytes.readBigInt64LE(this.#field(name).offset);
  }

  /** Without the blanks or zeros behind it. */
  text(name: string): string {
    const { offset, length } = this.#field(name);
    return textIn(this.bytes.toString('latin1', offset, offset + length));
  }

  /** A copy. */
  bytesOf(name: string): Buffer {
    const { offset, length } = this.#field(name);
    return Buffer.from(this.bytes.subarray(offset, offset + length));
  }

  /** All fields, by their names. */
  values(): Readonly<Record<string, Value>> {
    const values: Record<string, Value> = {};
    for (const [name, { kind }] of this.#fields) {
      if (kind === 'number') values[name] = this.number(name);
      else if (kind === 'handle') values[name] = this.handle(name);
      else values[name] = kind === 'text' ? this.text(name) : this.bytesOf(name);
    }
    return values;
  }

  set(name: string, value: Value): void {
    const { offset, length } = this.#field(name);
    if (typeof value === 'number') this.bytes.writeInt32LE(value, offset);
    else if (typeof value === 'bigint') this.bytes.writeBigInt64LE(value, offset);
    else if (typeof value === 'string') this.bytes.write(value.padEnd(length, ' '), offset, length, 'latin1');
    else this.bytes.fill(0, offset, offset + length).set(value.subarray(0, length), offset);
  }

  setAll(values: object): void {
    for (const name of this.#fields.keys()) {
      const value = (values as Readonly<Record<string, Value | undefined>>)[name];
      if (value !== undefined) this.set(name, value);
    }
  }

  #field(name: string): Field {
    const field = this.#fields.get(name);
    if (field === undefined) throw new Error(`The library does not say where ${name} is.`);
    return field;
  }
}

/** What fields of fixed length hold, up to the first zero. */
function textIn(field: string): string {
  const zero = field.indexOf('\0');
  return (zero === -1 ? field : field.slice(0, zero)).trimEnd();
}
