import type { MessageTable } from '../../src/layouts/message.ts';
import type { RecordTable } from '../../src/layouts/record.ts';

// A second judge of messages: whether all segments stand where the tables say and are as wide as they say. It shares no code with the reader.

class Misplaced extends Error {}

// As files that were EBCDIC once have it, a new line is U+0085 as well.
const white = /[ \t\r\n\u0085]/;

class Judging {
  readonly #signs: readonly string[];
  readonly #table: MessageTable;
  #at = 0;

  constructor(text: string, table: MessageTable) {
    this.#signs = Array.from(text);
    this.#table = table;
  }

  message(): void {
    const { headers, userData, items } = this.#table;
    if (this.#signs[0] === '\ufeff') this.#at = 1;
    this.#tag('<ECEDOC>');
    this.#segment('PROLOG', [22], 22);
    this.#tag('<HEADER>');
    for (const record of headers) this.#record(record);
    if (userData) this.#userData();
    this.#tag('</HEADER>');
    if (items !== undefined && this.#opens('<ITMLST>')) {
      this.#tag('<ITMLST>');
      while (this.#opens('<ITMDAT>')) {
        this.#tag('<ITMDAT>');
        this.#record(items.record);
        this.#userData();
        this.#tag('</ITMDAT>');
      }
      this.#tag('</ITMLST>');
    } else if (items?.min === 1) throw new Misplaced('there are no items');
    this.#tag('</ECEDOC>');
    this.#skip();
    if (this.#at < this.#signs.length) throw new Misplaced(`behind the message there is something at ${this.#at}`);
  }

  #skip(): void {
    while (white.test(this.#signs[this.#at] ?? '')) this.#at += 1;
  }

  #stands(tag: string, at: number): boolean {
    return this.#signs.slice(at, at + tag.length).join('') === tag;
  }

  #opens(tag: string): boolean {
    this.#skip();
    return this.#stands(tag, this.#at);
  }

  #tag(tag: string): void {
    if (!this.#opens(tag)) throw new Misplaced(`there is no ${tag} at ${this.#at}`);
    this.#at += tag.length;
  }

  #record({ tag, rows, sketchy = false }: RecordTable): void {
    const ends = [2];
    for (const [, width] of rows) ends.push((ends.at(-1) ?? 0) + width);
    const documented = rows.findIndex(([, , evidence]) => evidence !== 'D');
    this.#segment(tag, ends, documented < 0 || sketchy ? (ends.at(-1) ?? 0) : (ends[documented] ?? 0));
  }

  /** Its end stands behind a field, or behind something more than the last one in which no tag stands. */
  #segment(tag: string, ends: readonly number[], least: number): void {
    this.#tag(`<${tag}>`);
    const from = this.#at;
    const width = ends.at(-1) ?? 0;
    const full = from + width;
    const end = ends.filter((each) => each >= least).find((each) => this.#stands(`</${tag}>`, from + each));
    if (end !== undefined) this.#at = from + end;
    else {
      this.#at = full;
      while (this.#at < this.#signs.length && !this.#stands(`</${tag}>`, this.#at)) this.#at += 1;
      const surplus = this.#signs.slice(full, this.#at).join('');
      if (/<\/?(?:ECEDOC|PROLOG|HEADER|HDR0[1-4]0|USRLST|DATUSR|ITMLST|ITMDAT|ITM010)>/.test(surplus) && this.#mayTake(surplus))
        throw new Misplaced(`${tag} swallows a tag`);
    }
    this.#tag(`</${tag}>`);
  }

  /** Only the tags of this very message end a surplus. */
  #mayTake(surplus: string): boolean {
    const { headers, userData, items } = this.#table;
    const own = ['ECEDOC', 'PROLOG', 'HEADER', ...headers.map(({ tag }) => tag)];
    if (userData) own.push('USRLST', 'DATUSR');
    if (items !== undefined) own.push('ITMLST', 'ITMDAT', items.record.tag, 'USRLST', 'DATUSR');
    return own.some((tag) => surplus.includes(`<${tag}>`) || surplus.includes(`</${tag}>`));
  }

  #userData(): void {
    if (!this.#opens('<USRLST>')) return;
    this.#tag('<USRLST>');
    while (this.#opens('<DATUSR>')) {
      this.#tag('<DATUSR>');
      const length = this.#signs.slice(this.#at + 8, this.#at + 18).join('');
      if (!/^ *\d+ *$/.test(length)) throw new Misplaced(`"${length}" is no length`);
      this.#at += 18 + Number(length);
      if (!this.#stands('</DATUSR>', this.#at)) throw new Misplaced(`</DATUSR> does not stand behind ${length.trim()} characters`);
      this.#tag('</DATUSR>');
    }
    this.#tag('</USRLST>');
  }
}

/** What is misplaced in a message; undefined where all is as wide as its table says. */
export function misplacedIn(body: Uint8Array, table: MessageTable): string | undefined {
  try {
    new Judging(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body), table).message();
    return undefined;
  } catch (error) {
    return error instanceof Misplaced || error instanceof TypeError ? error.message : String(error);
  }
}
