import { createRequire } from 'node:module';
import type { SaxesParser } from 'saxes';

// Without `xmlns`, names are reported as they are written. Without `position`, the library does not put places into its messages; ours have them.
const options = { xmlns: false, position: false, forceXMLVersion: true, defaultXMLVersion: '1.0' } as const;

export type StrictSaxes = SaxesParser<typeof options>;

let make: ((refuse: (message: string) => never) => StrictSaxes) | undefined;

/** The parser library, stopped by its first error. Loaded by the first document that needs it: the plain reader reads nearly all of them. */
export function strictSaxes(refuse: (message: string) => never): StrictSaxes {
  make ??= load();
  return make(refuse);
}

/**
 * Being a subclass matters for speed, too: the library stores each listener as a new property of the parser, and from
 * the eighth on V8 turns a plain `SaxesParser` into a hash table and parses seven times slower. A subclass comes
 * with room for them (measured with Node 20 and 24: 20 µs against 140 µs for a 2.8 kB message with nine listeners).
 */
function load(): NonNullable<typeof make> {
  const { SaxesParser: Parser } = createRequire(import.meta.url)('saxes') as typeof import('saxes');
  class Strict extends Parser<typeof options> {
    readonly #refuse: (message: string) => never;

    constructor(refuse: (message: string) => never) {
      super(options);
      this.#refuse = refuse;
    }

    /** The library calls this for every error, and would carry on after it. */
    override fail(message: string): never {
      this.#refuse(message);
    }
  }
  refuseWhatIsSwallowed(Strict.prototype as unknown as States);
  return (refuse) => new Strict(refuse);
}

/** What the library's types hide of it: a method for each state, called where its first character is read. */
interface States {
  readonly chunk: string;
  /** The place in `chunk` of the next character, and of the last one. */
  readonly i: number;
  readonly prevI: number;
  sEntity: (this: States) => void;
  sPIRest: (this: States) => void;
  sPIEnding: (this: States) => void;
  fail(message: string): never;
}

const [question, semicolon, greater] = [0x3f, 0x3b, 0x3e];

/**
 * The library takes everything behind an ampersand for the name of an entity, up to the next semicolon, and finds the end of the document
 * instead: the commonest fault of all would be told at the wrong place, by the wrong name. And it takes `<?a?b?>`, which XML does not (production 16).
 */
function refuseWhatIsSwallowed(states: States): void {
  const { sEntity, sPIRest, sPIEnding } = states;
  /** Parsers whose instruction has had its target, and a question mark directly behind it. */
  const targetAlone = new WeakSet<States>();
  states.sEntity = function read(this: States): void {
    let end = this.i;
    while (isInReference(this.chunk.charCodeAt(end))) end++;
    if (end < this.chunk.length && this.chunk.charCodeAt(end) !== semicolon)
      this.fail('an ampersand begins no reference here; itself it is written as &amp;.');
    sEntity.call(this);
  };
  states.sPIRest = function read(this: States): void {
    sPIRest.call(this);
    if (this.chunk.charCodeAt(this.prevI) === question) targetAlone.add(this);
  };
  states.sPIEnding = function read(this: States): void {
    if (targetAlone.delete(this) && this.chunk.charCodeAt(this.i) !== greater) this.fail('the target of an instruction ends with a blank.');
    sPIEnding.call(this);
  };
}

/** Also of characters beyond ASCII, which may be part of a name. */
function isInReference(code: number): boolean {
  // Digits and the colon, letters, and # - . _
  const isLetter = (code > 0x40 && code < 0x5b) || (code > 0x60 && code < 0x7b);
  return isLetter || (code > 0x2f && code < 0x3b) || code > 0x7f || code === 0x23 || code === 0x2d || code === 0x2e || code === 0x5f;
}
