import type { ConstrainedField } from './field.ts';
import type { Part, Taken } from './part.ts';

interface Width {
  readonly name: string;
  readonly width: number;
}

/** A message of tagged segments, whose fields are as wide as the table says. Undefined where the table has no widths, or the text is something else. */
export function takeSegments(text: string, fields: readonly ConstrainedField[]): Taken | undefined {
  const widths = widthsOf(fields);
  const [, name] = /^<([^<>/\s]+)>/.exec(text) ?? [];
  if (widths.size === 0 || name === undefined) return undefined;
  const taking = new Taking(text, widths);
  const root = taking.part(name, '');
  if (root === undefined || taking.at !== text.trimEnd().length) return undefined;
  return {
    root,
    print: (changed) => printed(changed, '', widths),
    hasAttributes: false,
    escape: (each) => each,
    cut: (part, path) => (widths.has(path) ? cut(part, path, widths) : undefined),
  };
}

/** The fields of each segment, by its path. */
function widthsOf(fields: readonly ConstrainedField[]): Widths {
  const widths = new Map<string, Width[]>();
  for (const { path, width } of fields) {
    if (width === undefined) continue;
    const above = path.slice(0, path.lastIndexOf('/'));
    widths.set(above, [...(widths.get(above) ?? []), { name: path.slice(above.length + 1), width }]);
  }
  return widths;
}

class Taking {
  readonly #text: string;
  readonly #widths: ReadonlyMap<string, readonly Width[]>;
  at = 0;

  constructor(text: string, widths: ReadonlyMap<string, readonly Width[]>) {
    this.#text = text;
    this.#widths = widths;
  }

  part(name: string, path: string): Part | undefined {
    this.at += name.length + 2;
    const widths = this.#widths.get(path);
    const part = widths === undefined ? this.#group(name, path) : this.#segment(name, widths);
    this.at += name.length + 3;
    return part;
  }

  #group(name: string, path: string): Part | undefined {
    const parts: Part[] = [];
    for (;;) {
      const [, white = '', close, open] = /^(\s*)(?:<\/([^<>\s]+)>|<([^<>/\s]+)>)/.exec(this.#text.slice(this.at, this.at + 200)) ?? [];
      if (close === undefined && open === undefined) return undefined;
      this.at += white.length;
      if (close !== undefined) return close === name ? { name, attributes: [], parts, text: '' } : undefined;
      const part = this.part(open as string, path === '' ? (open as string) : `${path}/${open}`);
      if (part === undefined) return undefined;
      parts.push(part);
    }
  }

  /** Its fields, and as its text what stands behind those whose width is known. */
  #segment(name: string, widths: readonly Width[]): Part | undefined {
    const end = this.#text.indexOf(`</${name}>`, this.at);
    if (end < 0) return undefined;
    const characters = Array.from(this.#text.slice(this.at, end));
    let from = 0;
    const parts = widths.map((each): Part => {
      const text = characters.slice(from, (from += each.width)).join('');
      return { name: each.name, attributes: [], parts: [], text };
    });
    this.at = end;
    return { name, attributes: [], parts, text: characters.slice(from).join('') };
  }
}

type Widths = ReadonlyMap<string, readonly Width[]>;

function printed(part: Part, path: string, widths: Widths): string {
  return `<${part.name}>${inside(part, path, widths)}</${part.name}>`;
}

function inside({ parts, text }: Part, path: string, widths: Widths): string {
  const own = widths.get(path);
  if (own !== undefined) return parts.map((part, index) => padded(part.text, own[index]?.width ?? 0)).join('') + text;
  return text + parts.map((part) => printed(part, path === '' ? part.name : `${path}/${part.name}`, widths)).join('');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - Array.from(text).length));
}

/** The segment without its last character. */
function cut(part: Part, path: string, widths: Widths): Part {
  return {
    ...part,
    parts: [],
    text: Array.from(inside(part, path, widths))
      .slice(0, -1)
      .join(''),
  };
}
