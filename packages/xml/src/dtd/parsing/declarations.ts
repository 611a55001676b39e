import { isXmlName } from '../../writing/writer.ts';
import type { DtdContent, DtdNote } from '../model.ts';
import { AttributeReader, type DeclaredAttribute, readLiteral } from './attributes.ts';
import { readContent, readName } from './content.ts';
import { GeneralEntities } from './general-entities.ts';
import { DtdInput } from './input.ts';
import type { DtdLimits } from './limits.ts';
import { type LoadDtdFile, ParameterEntities } from './parameter-entities.ts';
import type { SourceText } from './source.ts';

/** The content of an element as it was declared, and where. */
export interface DeclaredContent {
  readonly content: DtdContent;
  readonly at: string;
}

/** The file that an entity or a notation stands for. A notation may have no system identifier. */
interface ExternalId {
  readonly systemId: string;
}

/** The signs that a public identifier may have (production 13). */
const publicIdentifier = /^[-a-zA-Z0-9 \n'()+,./:=?;!*#@$_%]*$/;

/** Reads the declarations of a DTD, one after the other. What contradicts another is for others to find. */
export class DeclarationReader {
  readonly elements = new Map<string, DeclaredContent[]>();
  /** By the name of their element. */
  readonly attributes = new Map<string, DeclaredAttribute[]>();
  readonly entities: GeneralEntities;
  readonly notes: DtdNote[] = [];
  readonly #input: DtdInput;
  readonly #parameters: ParameterEntities;
  /** The included sections that are open, with the depth of the text that they began in. */
  readonly #sections: { readonly depth: number; readonly at: string }[] = [];

  constructor(limits: DtdLimits, load: LoadDtdFile | undefined) {
    this.#input = new DtdInput(limits, (name) => this.#parameters.open(name));
    this.#parameters = new ParameterEntities(this.#input, load);
    this.entities = new GeneralEntities(this.#input);
  }

  read(source: SourceText): void {
    const input = this.#input;
    input.enter(source, undefined, true);
    for (;;) {
      input.blanks();
      if (!input.atEnd) {
        if (!input.followReference()) this.#readMarkup();
        continue;
      }
      const open = this.#sections.at(-1);
      if (open?.depth === input.depth) input.fail('The conditional section that begins here is not closed.', { at: open.at });
      if (input.depth === 1) return;
      input.leave();
    }
  }

  #readMarkup(): void {
    const input = this.#input;
    const at = input.place;
    if (input.take('<!--')) this.#skipComment(at);
    else if (input.take('<?')) this.#noteInstruction(at);
    else if (input.take('<![')) this.#readSection(at);
    else if (input.take('<!')) this.#readDeclaration(at);
    else if (!input.take(']]>') || this.#sections.pop()?.depth !== input.depth) input.fail('Here a declaration is expected.', { at });
  }

  #skipComment(at: string): void {
    if (this.#input.takeTo('--') === undefined) this.#input.fail('The comment is not closed.', { at });
    if (!this.#input.take('>')) this.#input.fail('A comment cannot contain --.');
  }

  #noteInstruction(at: string): void {
    const inside = this.#input.takeTo('?>') ?? this.#input.fail('The instruction is not closed.', { at });
    const [target = ''] = inside.split(/[ \t\n]/, 1);
    if (!isXmlName(target) || /^xml$/i.test(target))
      this.#input.fail('An instruction begins with its name, and only the beginning of a file with <?xml.', { at });
    this.notes.push({ at, message: `The instruction ${target}${inside === target ? '' : ' …'} has no meaning here.` });
  }

  #readSection(at: string): void {
    const input = this.#input;
    const base = input.depth;
    input.separate(base);
    const word = input.token();
    input.separate(base);
    if ((word !== 'INCLUDE' && word !== 'IGNORE') || !input.take('['))
      input.fail('A conditional section begins with <![INCLUDE[ or <![IGNORE[.', { at });
    if (input.depth !== base) input.fail('A conditional section begins in one parameter entity and goes on in another.', { at });
    if (word === 'IGNORE') return this.#skipIgnored(at);
    input.checkDepth(this.#sections.length + 1, 'Conditional sections');
    this.#sections.push({ depth: base, at });
  }

  /** Sections inside an ignored one are ignored with it, whatever they say. */
  #skipIgnored(at: string): void {
    for (let open = 1; open > 0; ) {
      const passed = this.#input.takeTo(']]>') ?? this.#input.fail('The conditional section that begins here is not closed.', { at });
      open += passed.split('<![').length - 2;
    }
  }

  #readDeclaration(at: string): void {
    const input = this.#input;
    const base = input.depth;
    const word = input.token();
    if (word !== 'ELEMENT' && word !== 'ATTLIST' && word !== 'ENTITY' && word !== 'NOTATION')
      input.fail('A declaration begins with <!ELEMENT, <!ATTLIST, <!ENTITY or <!NOTATION.', { at });
    this.#blanks(base);
    if (word === 'ELEMENT') this.#readElement(base, at);
    else if (word === 'ATTLIST') this.#readAttributes(base, at);
    else if (word === 'ENTITY') this.#readEntity(base, at);
    else this.#readNotation(base, at);
    input.separate(base);
    if (!input.take('>')) input.fail(`The declaration that begins at ${at} should end here with >.`);
    if (input.depth !== base) input.fail('The declaration ends in another parameter entity than it begins in.', { at });
  }

  #readElement(base: number, at: string): void {
    const name = readName(this.#input, 'an element');
    this.#blanks(base);
    addTo(this.elements, name, { content: readContent(this.#input, base), at });
  }

  #readAttributes(base: number, at: string): void {
    const name = readName(this.#input, 'an element');
    const note = (message: string): void => void this.notes.push({ at, message: `${name}: ${message}` });
    const valueOf = (literal: string, place: string): string => this.entities.valueOf(literal, place);
    for (const attribute of new AttributeReader(this.#input, base, valueOf, note).read()) addTo(this.attributes, name, attribute);
  }

  #readEntity(base: number, at: string): void {
    const input = this.#input;
    const isParameter = input.take('%');
    if (isParameter) this.#blanks(base);
    const name = readName(input, 'an entity');
    this.#blanks(base);
    const external = this.#readExternalId(base, false);
    if (isParameter) return this.#declareParameter(name, external, at);
    if (external) this.#skipUnparsed(base);
    const text = external ? undefined : this.#readEntityValue();
    if (!this.entities.declare(name, text, at))
      this.notes.push({ at, message: `&${name}; is declared already; the first declaration counts.` });
  }

  #declareParameter(name: string, external: ExternalId | undefined, at: string): void {
    const stands = external ? { systemId: external.systemId, file: this.#input.file, at } : this.#readEntityValue();
    if (!this.#parameters.declare(name, stands))
      this.notes.push({ at, message: `%${name}; is declared already; the first declaration counts.` });
  }

  #readEntityValue(): string {
    const at = this.#input.place;
    return this.#parameters.valueOf(readLiteral(this.#input), at);
  }

  #skipUnparsed(base: number): void {
    if (!this.#input.separate(base) || !this.#input.take('NDATA')) return;
    this.#blanks(base);
    readName(this.#input, 'a notation');
  }

  #readNotation(base: number, at: string): void {
    const name = readName(this.#input, 'a notation');
    this.#blanks(base);
    if (!this.#readExternalId(base, true)) this.#input.fail('A notation has SYSTEM or PUBLIC and an address.');
    this.notes.push({ at, message: `The notation ${name} has no meaning here.` });
  }

  #readExternalId(base: number, publicAlone: boolean): ExternalId | undefined {
    const input = this.#input;
    if (input.take('SYSTEM')) {
      this.#blanks(base);
      return { systemId: readLiteral(input) };
    }
    if (!input.take('PUBLIC')) return undefined;
    this.#blanks(base);
    const publicId = readLiteral(input);
    if (!publicIdentifier.test(publicId)) input.fail('The public identifier in front of here has a sign that it cannot have.');
    const isApart = input.separate(base);
    if (publicAlone && !/^["']/.test(input.next)) return { systemId: '' };
    if (!isApart) input.fail('A blank is missing here.');
    return { systemId: readLiteral(input) };
  }

  #blanks(base: number): void {
    if (!this.#input.separate(base)) this.#input.fail('A blank is missing here.');
  }
}

function addTo<Value>(lists: Map<string, Value[]>, name: string, value: Value): void {
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
}
