import { didYouMean, type EntryNode, type ManifestNode, type ObjectNode, type Problem, type Spot } from '@waybill/manifest';
import { type FileErrorCode, fileErrors } from '../errors.ts';

/** Something with a place: a value, or a key. */
export type Placed = Pick<ManifestNode | EntryNode, 'spot'>;

/** Collects what is wrong with one file, and reads its values on the way. */
export class Problems {
  readonly #file: string;
  readonly #found: { readonly problem: Problem; readonly spot: Spot }[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  /** How much was found so far. */
  get count(): number {
    return this.#found.length;
  }

  get hasErrors(): boolean {
    return this.#found.some(({ problem }) => problem.severity === 'error');
  }

  /** In the order of the file. What an anchor has wrong is told once, wherever it is used. */
  get all(): readonly Problem[] {
    const inOrder = this.#found.toSorted((a, b) => (a.spot.line ?? 0) - (b.spot.line ?? 0) || (a.spot.column ?? 0) - (b.spot.column ?? 0));
    const texts = new Set<string>();
    return inOrder.flatMap(({ problem }) => {
      const text = `${problem.line}:${problem.column} ${problem.code} ${problem.message}`;
      return texts.has(text) ? [] : [texts.add(text) && problem];
    });
  }

  find(code: FileErrorCode, message: string, { spot }: Placed, hint?: string): undefined {
    this.#add(code, 'error', message, spot, hint);
  }

  warn(code: FileErrorCode, message: string, { spot }: Placed, hint?: string): undefined {
    this.#add(code, 'warning', message, spot, hint);
  }

  #add(code: FileErrorCode, severity: Problem['severity'], message: string, spot: Spot, hint: string | undefined): void {
    const place = spot.line === undefined ? {} : { line: spot.line, column: spot.column };
    const problem = { code, severity, message, path: '', file: this.#file, ...place, hint: hint ?? fileErrors[code].remedy };
    this.#found.push({ problem, spot });
  }

  notation(message: string, at: Placed, hint?: string): undefined {
    return this.find('WB_MESSAGE_FILE_NOTATION', message, at, hint);
  }

  /** The text of a value; a number or the like is a problem. `what` completes "… is a text". */
  text(node: ManifestNode, what: string): string | undefined {
    if (node.kind !== 'scalar') return this.notation(`${what} is a text, not ${node.kind === 'list' ? 'a list' : 'an object'}.`, node);
    if (typeof node.value === 'string') return node.value;
    const says =
      node.value === null ? 'nothing' : `the ${typeof node.value === 'number' ? 'number' : 'yes-or-no value'} ${String(node.value)}`;
    return this.find('WB_MESSAGE_FILE_UNQUOTED', `${what} is a text, and ${says} stands here.`, node);
  }

  texts(node: ManifestNode, what: string): readonly string[] {
    if (node.kind !== 'list') return this.notation(`${what} is a list of texts.`, node) ?? [];
    return node.items.flatMap((item) => this.text(item, what) ?? []);
  }

  object(node: ManifestNode, what: string): ObjectNode | undefined {
    return node.kind === 'object'
      ? node
      : this.notation(`${what} has keys, and ${node.kind === 'list' ? 'a list' : 'a single value'} stands here.`, node);
  }

  /** Finds keys that are none of `known`. */
  keys({ entries }: ObjectNode, what: string, known: readonly string[]): void {
    for (const { key, spot } of entries.values()) {
      if (known.includes(key)) continue;
      const near = didYouMean(key, known);
      this.notation(
        `${what} has no key "${key}".`,
        { spot },
        near === undefined ? `Its keys are ${known.join(', ')}.` : `Did you mean "${near}"?`,
      );
    }
  }
}

/** The value under a key. */
export function under(node: ObjectNode, key: string): ManifestNode | undefined {
  return node.entries.get(key)?.value;
}
