import { textIn, undeclaredText } from './charset.ts';
import { readWords, withoutControls } from './encoded-words.ts';

export interface Structured {
  /** What stands before the first semicolon, in lower case and without comments. */
  readonly value: string;
  /** Names in lower case. The first of a name counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A piece of a parameter: `name`, `name*`, `name*0`, `name*0*` (RFC 2231). */
interface Piece {
  readonly order: number;
  readonly encoded: boolean;
  readonly text: string;
}

/** More than this nobody writes; what follows is not looked at. */
const mostPieces = 2_000;
const longest = 100_000;

/**
 * A field of the form `value; name=text; …`, such as Content-Type. Reads quoted strings, comments, continuations and charsets
 * (RFC 2231), and in names encoded words, which RFC 2047 forbids there and many write.
 */
export function readParameters(field: string): Structured {
  const scan = new Scan(field.slice(0, longest));
  const value = withoutComments(scan.until(';')).trim().toLowerCase();
  const pieces = new Map<string, Piece[]>();
  for (let count = 0; count < mostPieces && !scan.atEnd; count++) {
    const name = withoutComments(scan.until('=;')).trim().toLowerCase();
    if (!scan.skip('=')) {
      scan.skip(';');
      continue;
    }
    const { text, quoted } = scan.text();
    addPiece(pieces, name, quoted || /^(file)?name/.test(name) ? text : withoutComments(text).trim());
  }
  const parameters = new Map<string, string>();
  for (const [name, list] of pieces) parameters.set(name, joined(list, /^(file)?name$/.test(name) ? readWords : (text) => text));
  return { value, parameters };
}

function addPiece(pieces: Map<string, Piece[]>, name: string, text: string): void {
  const [, base = name, order, star = ''] = /^([^*]+)(?:\*(\d{1,4}))?(\*)?$/.exec(name) ?? [];
  if (base === '') return;
  const list = pieces.get(base) ?? [];
  pieces.set(base, list);
  list.push({ order: order === undefined ? -1 : Number(order), encoded: star !== '', text });
}

/** `name*` first, then `name*0`, `name*1` …, up to the first that is missing, then a plain `name`, which others write for old readers. */
function joined(list: readonly Piece[], read: (text: string) => string): string {
  const whole = list.find(({ order, encoded }) => order === -1 && encoded);
  if (whole) return decodedText([whole]);
  const byOrder = new Map<number, Piece>();
  for (const piece of list) if (!byOrder.has(piece.order)) byOrder.set(piece.order, piece);
  const plain = byOrder.get(-1);
  if (!byOrder.has(0)) return read(plain?.text ?? '');
  const inOrder: Piece[] = [];
  for (let piece = byOrder.get(0); piece; piece = byOrder.get(inOrder.length)) inOrder.push(piece);
  return inOrder.some(({ encoded }) => encoded) ? decodedText(inOrder) : read(inOrder.map(({ text }) => text).join(''));
}

/** The charset stands in the first piece, and holds for all that are encoded; those that are not are text as they are. */
function decodedText(pieces: readonly Piece[]): string {
  const [, charset = '', , rest] = /^([^']*)'([^']*)'(.*)$/s.exec(pieces[0]?.encoded ? pieces[0].text : '') ?? [];
  const text: string[] = [];
  let bytes: Uint8Array[] = [];
  const flush = () => {
    const all = Buffer.concat(bytes);
    text.push((charset === '' ? undefined : textIn(all, charset)) ?? undeclaredText(all));
    bytes = [];
  };
  for (const [index, piece] of pieces.entries()) {
    const written = index === 0 && rest !== undefined ? rest : piece.text;
    if (piece.encoded) bytes.push(percentDecoded(written));
    else {
      flush();
      text.push(written);
    }
  }
  flush();
  return withoutControls(text.join(''));
}

function percentDecoded(text: string): Uint8Array {
  // What was written outside ASCII without being encoded is taken for UTF-8.
  const single = text.replaceAll(/[^\0-\u007f]+/g, (letters) => Buffer.from(letters, 'utf8').toString('latin1'));
  return Buffer.from(
    single.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** Comments may stand within each other. One that never ends takes the rest. */
export function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  const kept: string[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (letter === '\\' && depth > 0) at++;
    else if (letter === '(') depth++;
    else if (letter === ')' && depth > 0) depth--;
    else if (depth === 0) kept.push(letter);
  }
  return kept.join('');
}

class Scan {
  readonly #from: string;
  #at = 0;

  constructor(from: string) {
    this.#from = from;
  }

  get atEnd(): boolean {
    return this.#at >= this.#from.length;
  }

  /** Up to the first of `ends` that stands outside of a comment. It is not taken. */
  until(ends: string): string {
    const start = this.#at;
    for (let depth = 0; !this.atEnd; this.#at++) {
      const letter = this.#from[this.#at] ?? '';
      if (letter === '(') depth++;
      else if (letter === ')') depth = Math.max(0, depth - 1);
      else if (letter === '\\' && depth > 0) this.#at++;
      else if (depth === 0 && ends.includes(letter)) break;
    }
    return this.#from.slice(start, this.#at);
  }

  skip(letter: string): boolean {
    if (this.#from[this.#at] !== letter) return false;
    this.#at++;
    return true;
  }

  /** A quoted string, or whatever stands before the next semicolon: file names with blanks come unquoted, too. */
  text(): { readonly text: string; readonly quoted: boolean } {
    while (/\s/.test(this.#from[this.#at] ?? '')) this.#at++;
    if (!this.skip('"')) {
      const end = this.#from.indexOf(';', this.#at);
      const text = this.#from.slice(this.#at, end < 0 ? undefined : end).trim();
      this.#at = end < 0 ? this.#from.length : end + 1;
      return { text, quoted: false };
    }
    const kept: string[] = [];
    for (; !this.atEnd && this.#from[this.#at] !== '"'; this.#at++) {
      // Windows paths come with backslashes that quote nothing.
      if (this.#from[this.#at] === '\\' && /["\\]/.test(this.#from[this.#at + 1] ?? '')) this.#at++;
      kept.push(this.#from[this.#at] ?? '');
    }
    this.skip('"');
    this.until(';');
    this.skip(';');
    return { text: kept.join(''), quoted: true };
  }
}
