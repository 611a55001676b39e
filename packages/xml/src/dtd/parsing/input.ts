import { shortened } from '../../shortened.ts';
import { type DtdErrorCode, dtdErrors } from '../errors.ts';
import type { DtdLimits } from './limits.ts';
import type { SourceText } from './source.ts';

/** A text that is being read: a file, or the text of a parameter entity. */
interface Frame {
  readonly source: SourceText;
  /** The parameter entity whose text it is; undefined for the DTD itself. */
  readonly entity: string | undefined;
  /** Where the entity is referred to. Undefined for a file, which has places of its own. */
  readonly reference: string | undefined;
  at: number;
}

const blank = /[ \t\n]*/y;
const token = /[^ \t\n<>()[\]|,?*+%&;"'=!#/]+/y;
const reference = /%([^ \t\n<>()[\]|,?*+%&;"'=!#/]+);/y;

/**
 * The characters of a DTD, from the files and the parameter entities that it consists of. What refers to an entity is replaced by its text, which is
 * read like a file inside the other: no name and no literal goes over its ends.
 */
export class DtdInput {
  readonly #limits: DtdLimits;
  readonly #open: (name: string) => void;
  readonly #frames: Frame[] = [];
  #spent = 0;

  /** `open` is asked to enter the text of a parameter entity. */
  constructor(limits: DtdLimits, open: (name: string) => void) {
    this.#limits = limits;
    this.#open = open;
  }

  /** How many texts are open inside one another. */
  get depth(): number {
    return this.#frames.length;
  }

  /** Where reading is. */
  get place(): string {
    const { reference: at, source, at: index } = this.#top;
    return at ?? source.placeOf(index);
  }

  /** The file that is being read, as its path below the folder. */
  get file(): string {
    return this.#frames.findLast(({ reference: at }) => at === undefined)!.source.name;
  }

  fail(message: string, { code = 'WB_XML_DTD_SYNTAX', at = this.place }: { code?: DtdErrorCode; at?: string | undefined } = {}): never {
    const inside = this.#frames.at(-1)?.reference === undefined ? '' : ` This is in the text of %${this.#top.entity};.`;
    throw dtdErrors[code](shortened(message, 300) + inside, { at });
  }

  /** Counts characters that are about to be read or made. */
  spend(characters: number): void {
    this.#spent += characters;
    if (this.#spent > this.#limits.characters)
      this.fail(`The DTD and what its entities stand for have more than ${this.#limits.characters} characters (limit "characters").`, {
        code: 'WB_XML_DTD_LIMIT',
      });
  }

  /** Refuses what is nested too deeply. */
  checkDepth(depth: number, what: string): void {
    if (depth > this.#limits.depth)
      this.fail(`${what} are nested more than ${this.#limits.depth} deep (limit "depth").`, { code: 'WB_XML_DTD_LIMIT' });
  }

  /** Goes on with another text, and behind its end with this one. */
  enter(source: SourceText, entity: string | undefined, isFile: boolean): void {
    if (entity !== undefined && this.#frames.some((frame) => frame.entity === entity))
      this.fail(`The entity %${entity}; refers to itself.`);
    this.checkDepth(this.depth, 'Entities');
    const at = isFile ? undefined : this.place;
    this.#frames.push({ source, entity, reference: at, at: source.start });
    this.spend(source.text.length);
  }

  /** True at the end of the text that was entered last. */
  get atEnd(): boolean {
    return this.#top.at >= this.#top.source.text.length;
  }

  leave(): void {
    this.#frames.pop();
  }

  /** The character that is next; empty at the end of a text. */
  get next(): string {
    return this.#top.source.text.charAt(this.#top.at);
  }

  startsWith(sign: string): boolean {
    return this.#top.source.text.startsWith(sign, this.#top.at);
  }

  /** Reads a sign where it is next. */
  take(sign: string): boolean {
    if (!this.startsWith(sign)) return false;
    this.#top.at += sign.length;
    return true;
  }

  /** Reads up to a sign, and the sign. Undefined when it does not come. */
  takeTo(sign: string): string | undefined {
    const { source, at } = this.#top;
    const end = source.text.indexOf(sign, at);
    if (end < 0) return undefined;
    this.#top.at = end + sign.length;
    return source.text.slice(at, end);
  }

  /** Reads a run of characters that can be in a name; empty where there is none. */
  token(): string {
    return this.#match(token)?.[0] ?? '';
  }

  /** Skips blanks. */
  blanks(): boolean {
    return this.#match(blank)![0] !== '';
  }

  /** Enters the parameter entity that is referred to here. */
  followReference(): boolean {
    const start = this.#top.at;
    const name = this.#match(reference)?.[1];
    if (name === undefined) return false;
    const behind = this.#top.at;
    // An error about the entity is told where the reference begins.
    this.#top.at = start;
    const top = this.#top;
    this.#open(name);
    top.at = behind;
    return true;
  }

  /**
   * Skips blanks inside a declaration that began at the depth `base`, and goes in and out of parameter entities, whose ends are blanks, too.
   * True when there was any.
   */
  separate(base: number): boolean {
    let any = false;
    for (;;) {
      if (this.blanks() || this.followReference()) any = true;
      else if (this.atEnd && this.depth > base) {
        this.leave();
        any = true;
      } else return any;
    }
  }

  get #top(): Frame {
    return this.#frames[this.#frames.length - 1]!;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#top.at;
    const found = pattern.exec(this.#top.source.text);
    if (found) this.#top.at = pattern.lastIndex;
    return found;
  }
}
