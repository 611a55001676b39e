import { createRequire } from 'node:module';
import type { Node } from 'jsonc-parser';

const { parseTree } = createRequire(import.meta.url)('jsonc-parser') as typeof import('jsonc-parser');

/** `line:column` of an offset, counted the plain way. */
export function placeAt(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** `line:column` of the first occurrence of `marker`, or of what follows `|` in it. */
export function placeOf(text: string, marker: string): string {
  const bar = marker.indexOf('|');
  const offset = text.indexOf(marker.replace('|', ''));
  if (offset === -1) throw new Error(`The text does not hold ${marker}.`);
  return placeAt(text, offset + Math.max(bar, 0));
}

/** A key of a JSON text with its value. */
export interface Member {
  readonly key: string;
  readonly path: string;
  /** Of the object that holds the key. */
  readonly parent: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly start: number;
  readonly end: number;
  readonly value: Node;
}

export function membersOf(text: string): readonly Member[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root ? visit(root, '') : [];
}

function visit(node: Node, path: string): readonly Member[] {
  const children = node.children ?? [];
  if (node.type === 'array') return children.flatMap((item, index) => visit(item, `${path}[${index}]`));
  return children.flatMap(({ children: [name, value] = [] }) => {
    if (!name || !value) return [];
    const key = String(name.value);
    const own = path === '' ? key : `${path}.${key}`;
    const [start, end] = [value.offset, value.offset + value.length];
    return [
      { key, path: own, parent: path, keyStart: name.offset, keyEnd: name.offset + name.length, start, end, value },
      ...visit(value, own),
    ];
  });
}

export function memberAt(text: string, path: string): Member {
  const member = membersOf(text).find((candidate) => candidate.path === path);
  if (!member) throw new Error(`There is no ${path}.`);
  return member;
}

/** The text without a member, and without the comma that parted it from its neighbour. */
export function withoutMember(text: string, { keyStart, end }: Member): string {
  const after = text.slice(end);
  if (/^\s*,/.test(after)) return text.slice(0, keyStart) + after.replace(/^\s*,\s*/, '');
  return text.slice(0, keyStart).replace(/,\s*$/, '') + after;
}
