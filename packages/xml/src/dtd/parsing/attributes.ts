import { faultOfPresence, isNameToken } from '../attribute-fault.ts';
import type { DtdAttribute, DtdAttributeType, DtdPresence } from '../model.ts';
import { readName } from './content.ts';
import type { DtdInput } from './input.ts';

/** An attribute as it was declared, and where. */
export interface DeclaredAttribute extends DtdAttribute {
  readonly at: string;
}

const plainTypes = ['CDATA', 'ID', 'IDREF', 'IDREFS', 'ENTITY', 'ENTITIES', 'NMTOKEN', 'NMTOKENS'] as const;

/** Reads a list of attributes from behind the name of their element, in a declaration that began at the depth `base`. */
export class AttributeReader {
  readonly #input: DtdInput;
  readonly #base: number;
  readonly #valueOf: (literal: string, at: string) => string;
  readonly #note: (message: string) => void;

  /** `valueOf` replaces the references of a value. */
  constructor(input: DtdInput, base: number, valueOf: (literal: string, at: string) => string, note: (message: string) => void) {
    this.#input = input;
    this.#base = base;
    this.#valueOf = valueOf;
    this.#note = note;
  }

  read(): readonly DeclaredAttribute[] {
    const attributes: DeclaredAttribute[] = [];
    for (;;) {
      const isApart = this.#input.separate(this.#base);
      if (this.#input.startsWith('>')) return attributes;
      if (!isApart) this.#input.fail('A blank is missing here.');
      attributes.push(this.#readAttribute());
    }
  }

  #readAttribute(): DeclaredAttribute {
    const input = this.#input;
    const at = input.place;
    const name = readName(input, 'an attribute');
    this.#blanks();
    const type = this.#readType(name);
    this.#blanks();
    const presence = this.#readPresence(type);
    const fault = faultOfPresence(type, presence);
    if (fault !== undefined) input.fail(`The attribute ${name} ${fault}.`, { at });
    return { name, type, presence, at };
  }

  #readType(name: string): DtdAttributeType {
    const input = this.#input;
    if (input.take('(')) return { kind: 'enumeration', words: this.#readWords() };
    const word = input.token();
    if (word === 'NOTATION') {
      this.#note(`The attribute ${name} names a notation; it is taken as one that has the names for its words.`);
      this.#blanks();
      if (!input.take('(')) input.fail('The notations that an attribute may name stand in brackets.');
      return { kind: 'enumeration', words: this.#readWords() };
    }
    const kind = plainTypes.find((one) => one === word);
    return kind === undefined
      ? input.fail(`The type of the attribute ${name} is ${plainTypes.join(', ')}, NOTATION or a list of words in brackets.`)
      : { kind };
  }

  #readWords(): readonly string[] {
    const input = this.#input;
    const opened = input.depth;
    const words = new Set<string>();
    do {
      input.separate(this.#base);
      const word = input.token();
      if (!isNameToken(word)) input.fail('A word of the list is missing here, or has signs that it cannot have.');
      if (words.has(word)) input.fail(`The word ${word} is listed twice.`);
      words.add(word);
      input.separate(this.#base);
    } while (input.take('|'));
    if (!input.take(')')) input.fail('The list of words is not closed here, or | between two of them is missing.');
    if (input.depth !== opened) input.fail('A list of words ends in another parameter entity than it begins in.');
    return [...words];
  }

  #readPresence(type: DtdAttributeType): DtdPresence {
    const input = this.#input;
    if (!input.take('#')) return { kind: 'default', value: this.#readValue(type) };
    const word = input.token();
    if (word === 'REQUIRED' || word === 'IMPLIED') return { kind: word === 'REQUIRED' ? 'required' : 'implied' };
    if (word !== 'FIXED') input.fail('Here #REQUIRED, #IMPLIED, #FIXED with a value, or a value is expected.');
    this.#blanks();
    return { kind: 'fixed', value: this.#readValue(type) };
  }

  #readValue(type: DtdAttributeType): string {
    const at = this.#input.place;
    const value = this.#valueOf(readLiteral(this.#input), at);
    return type.kind === 'CDATA' ? value : value.replace(/ +/g, ' ').replace(/^ | $/g, '');
  }

  #blanks(): void {
    if (!this.#input.separate(this.#base)) this.#input.fail('A blank is missing here.');
  }
}

/** Reads a text in quotation marks, references included as they are written. */
export function readLiteral(input: DtdInput): string {
  const quote = input.take('"') ? '"' : input.take("'") ? "'" : input.fail('A text in quotation marks is expected here.');
  return input.takeTo(quote) ?? input.fail('A text in quotation marks is not closed.');
}
