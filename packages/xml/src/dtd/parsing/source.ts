import { dtdErrors } from '../errors.ts';

const quoted = (value: string): string => `(?:"${value}"|'${value}')`;
/** A byte order mark, and what a file may say about its version and encoding. */
const beginning = new RegExp(
  `^\\ufeff?(?:<\\?xml(?:[ \\t\\n]+version[ \\t\\n]*=[ \\t\\n]*${quoted('1\\.0')})?(?:[ \\t\\n]+encoding[ \\t\\n]*=[ \\t\\n]*${quoted('[A-Za-z][A-Za-z0-9._-]*')})?[ \\t\\n]*\\?>)?`,
);
/** What XML 1.0 cannot hold. */
const impossible = /[^\t\n -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** A text with its places. Line ends have become line feeds. */
export class SourceText {
  /** The path of the file below the folder of the DTD, or the name of an entity. */
  readonly name: string;
  readonly text: string;
  /** Where declarations begin: behind the text declaration of a file. */
  readonly start: number;
  /** How far lines and columns were counted: places are mostly asked for from front to back. */
  #counted = 0;
  #line = 1;
  #column = 1;

  private constructor(name: string, text: string, start: number) {
    this.name = name;
    this.text = text;
    this.start = start;
  }

  static ofEntity(name: string, text: string): SourceText {
    return new SourceText(name, text, 0);
  }

  /** Throws `WB_XML_DTD_SYNTAX` where the text has a character that XML does not allow. */
  static ofFile(name: string, written: string): SourceText {
    const text = written.replace(/\r\n?/g, '\n');
    const source = new SourceText(name, text, beginning.exec(text)![0].length);
    const wrong = text.search(impossible);
    if (wrong < 0) return source;
    throw dtdErrors.WB_XML_DTD_SYNTAX('The file has a character that XML does not allow.', { at: source.placeOf(wrong) });
  }

  /** `Order_30.dtd:12:1`; columns count characters. */
  placeOf(index: number): string {
    if (index < this.#counted) [this.#counted, this.#line, this.#column] = [0, 1, 1];
    const lines = this.text.slice(this.#counted, index).split('\n');
    if (lines.length > 1) this.#column = 1;
    this.#line += lines.length - 1;
    this.#column += Array.from(lines.at(-1)!).length;
    this.#counted = index;
    return `${this.name}:${this.#line}:${this.#column}`;
  }
}
