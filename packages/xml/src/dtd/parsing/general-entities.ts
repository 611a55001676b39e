import type { DtdEntity, DtdNote } from '../model.ts';
import type { DtdInput } from './input.ts';
import { withReferences } from './references.ts';

interface General {
  /** Its text as declared; undefined for one that stands for a file. */
  readonly text: string | undefined;
  readonly at: string;
}

const known: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Thrown inside of this file by an entity that does not stand for text alone. */
class NotText extends Error {}

/** The general entities of a DTD: `&name;` in documents, and in default values of attributes. */
export class GeneralEntities {
  readonly #input: DtdInput;
  readonly #declared = new Map<string, General>();
  readonly #texts = new Map<string, string>();

  constructor(input: DtdInput) {
    this.#input = input;
  }

  /** False when there is one of the name already: the first declaration counts. */
  declare(name: string, text: string | undefined, at: string): boolean {
    if (this.#declared.has(name)) return false;
    const own = Object.hasOwn(known, name) ? known[name] : undefined;
    if (own !== undefined && (text === undefined || !standsFor(text, own)))
      this.#input.fail(`&${name}; can only stand for ${own}.`, { at });
    this.#declared.set(name, { text, at });
    return true;
  }

  /** The value of an attribute as a reader gets it, apart from what depends on the type of the attribute. */
  valueOf(literal: string, at: string): string {
    if (literal.includes('<')) this.#input.fail('A value of an attribute cannot contain <.', { at });
    return this.#expanded(spaced(literal), at, [], (entity) => {
      const { text } =
        this.#declared.get(entity) ?? this.#input.fail(`The entity &${entity}; is not declared in front of its use.`, { at });
      if (text === undefined || text.includes('<'))
        return this.#input.fail(`The value of an attribute cannot refer to &${entity};, which is no text.`, { at });
      return { text: spaced(text) };
    });
  }

  /** The entities that stand for text, with what they stand for. What the others are is noted. */
  texts(note: (one: DtdNote) => void): readonly DtdEntity[] {
    const texts: DtdEntity[] = [];
    for (const [name, { at }] of this.#declared) {
      if (Object.hasOwn(known, name)) continue;
      try {
        texts.push({ name, text: this.#textOf(name, []) });
      } catch (error) {
        if (!(error instanceof NotText)) throw error;
        note({ at, message: `The entity &${name}; ${error.message}. It is left out.` });
      }
    }
    return texts;
  }

  #textOf(name: string, inside: readonly string[]): string {
    const done = this.#texts.get(name);
    if (done !== undefined) return done;
    const { text, at } = this.#declared.get(name) ?? notText(`refers to &${name};, which is not declared`);
    if (text === undefined)
      return notText(inside.length === 0 ? 'stands for a file, which is never read' : `refers to &${name};, which stands for a file`);
    if (text.includes('<')) return notText(inside.length === 0 ? 'stands for elements' : `refers to &${name};, which stands for elements`);
    const expanded = this.#expanded(text, at, [...inside, name], (entity, within) => ({ text: this.#textOf(entity, within), done: true }));
    this.#texts.set(name, expanded);
    return expanded;
  }

  /** The text with its references replaced by what they stand for. */
  #expanded(text: string, at: string, inside: readonly string[], resolve: Resolve): string {
    this.#input.checkDepth(inside.length, 'Entities');
    return withReferences(text, ({ character, entity }, written) => {
      if (written.startsWith('%')) return written;
      if (entity === undefined)
        return character ?? this.#input.fail(`${written} refers to nothing; an ampersand is written as &amp;.`, { at });
      if (Object.hasOwn(known, entity)) return known[entity]!;
      if (inside.includes(entity)) this.#input.fail(`The entity &${entity}; refers to itself.`, { at });
      const found = resolve(entity, inside);
      this.#input.spend(found.text.length);
      return found.done ? found.text : this.#expanded(found.text, at, [...inside, entity], resolve);
    });
  }
}

/** What an entity stands for; `done` where the references in it have been replaced. */
type Resolve = (entity: string, inside: readonly string[]) => { readonly text: string; readonly done?: boolean };

function notText(message: string): never {
  throw new NotText(message);
}

/** Line ends and tabs of a value are blanks for a reader; those that are written as references are not. */
function spaced(text: string): string {
  return text.replace(/[\t\n]/g, ' ');
}

/** Whether a text is the character, or a reference to it: `&#60;` for `<`. */
function standsFor(text: string, character: string): boolean {
  if (text === character) return character !== '<' && character !== '&';
  return withReferences(text, (one) => one.character ?? '') === character && /^&#[^&]*;$/.test(text);
}
