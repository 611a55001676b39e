import type { Finding, Spot } from '../problem.ts';

export type Scalar = string | number | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** The text as it stands in the manifest, where the value came out of `${…}`. Messages show this, never the value. */
  readonly written?: string | undefined;
  /** True where `${…}` could not be replaced: nothing can be said about the value. */
  readonly failed?: boolean | undefined;
  readonly spot: Spot;
}
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ManifestNode[];
  readonly spot: Spot;
}
export interface EntryNode {
  readonly key: string;
  /** Where the key stands. */
  readonly spot: Spot;
  readonly value: ManifestNode;
}
export interface ObjectNode {
  readonly kind: 'object';
  /** A map, so that no key (`__proto__`) means anything special. */
  readonly entries: ReadonlyMap<string, EntryNode>;
  readonly spot: Spot;
}
/** A value of the manifest with its place, the same for JSON, YAML and objects. */
export type ManifestNode = ScalarNode | ListNode | ObjectNode;

/** The text of a node, when it is one and not empty; whether it should be was found before. */
export function readText(node: ManifestNode): string | undefined {
  if (node.kind !== 'scalar' || node.failed || typeof node.value !== 'string' || node.value === '') return undefined;
  return node.value;
}

/** `inbound` + `orders` is `inbound.orders`. */
export function keyPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

export function itemPath(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** Too much for a manifest written by people; stops YAML alias bombs and stack overflows. */
const mostNodes = 50_000;
export const deepest = 64;

/** Thrown inside a reader when the rest of the manifest is not worth reading; the finding says why. */
export class TooMuch extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super(finding.message);
    this.finding = finding;
  }
}

/** Builds the tree for every reader: numbers the nodes, keeps the limits, finds duplicate keys. */
export class TreeBuilder {
  readonly findings: Finding[] = [];
  /** What is read, as sentences call it. */
  readonly what: string;
  readonly #locate: (offset: number) => { readonly line: number; readonly column: number } | undefined;
  #count = 0;

  constructor(locate: (offset: number) => { readonly line: number; readonly column: number } | undefined, what = 'manifest') {
    this.#locate = locate;
    this.what = what;
  }

  /** Throws `TooMuch` when the manifest is too large. */
  spot(offset: number): Spot {
    const spot = { ...this.#locate(offset), order: this.#count++ };
    if (this.#count > mostNodes)
      throw new TooMuch({
        code: 'WB_MANIFEST_SYNTAX',
        message: `The ${this.what} holds more than ${mostNodes} values.`,
        path: '',
        spot,
        hint: 'Split it into several; in YAML, use fewer aliases.',
      });
    return spot;
  }

  /** Throws `TooMuch` when `depth` is too deep. */
  depth(depth: number, path: string, offset: number): void {
    if (depth <= deepest) return;
    throw new TooMuch({
      code: 'WB_MANIFEST_SYNTAX',
      message: `The ${this.what} is nested more than ${deepest} levels deep.`,
      path: path.length > 100 ? `${path.slice(0, 100)}…` : path,
      spot: this.spot(offset),
    });
  }

  syntax(message: string, path: string, offset: number, hint?: string): void {
    this.findings.push({ code: 'WB_MANIFEST_SYNTAX', message, path, spot: this.spot(offset), hint });
  }

  /** Adds `entry` to `entries`, or finds that its key is there already. */
  add(entries: Map<string, EntryNode>, entry: EntryNode, path: string): void {
    const first = entries.get(entry.key);
    if (first === undefined) {
      entries.set(entry.key, entry);
      return;
    }
    const where = first.spot.line === undefined ? '' : `; the first one is in line ${first.spot.line}`;
    this.findings.push({
      code: 'WB_MANIFEST_DUPLICATE_KEY',
      message: `The key "${entry.key}" stands twice in the same object${where}.`,
      path: keyPath(path, entry.key),
      spot: entry.spot,
      hint: 'Remove or rename one of them.',
    });
  }
}

/** Line and column of an offset, both from 1. Lines end with LF, CR LF or CR. */
export function locator(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (end) => end.index + end[0].length)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
