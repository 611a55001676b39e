import { copybookFault, type SourcePlace } from './fault.ts';

/** The text of a copybook without what is no text, and where each character of it stood. */
export interface Source {
  readonly text: string;
  /** Where the character at an index stood; of the end, where the last one did. */
  place(index: number): SourcePlace;
}

/** The last column of text in the fixed form. */
const lastColumn = 72;

/**
 * Fixed form: columns 1 to 6 and those from 73 on are no text; column 7 says what a line is: `*` and `/` a comment, `D` a line for
 * debugging, `-` the continuation of the one before. A tab goes to the next multiple of eight. Free form: all of a line is text.
 */
export function sourceOf(copybook: string, columns: 'fixed' | 'free'): Source {
  const growing = new GrowingSource(columns);
  for (const [index, line] of copybook.split(/\r\n|\n|\r/).entries()) growing.add(expandTabs(line), index + 1);
  return growing.done();
}

function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  return Array.from(line).reduce((text, sign) => (sign === '\t' ? text.padEnd(text.length + 8 - (text.length % 8)) : text + sign), '');
}

class GrowingSource {
  readonly #columns: 'fixed' | 'free';
  readonly #signs: string[] = [];
  readonly #places: SourcePlace[] = [];
  /** The quote of a literal that has not ended. */
  #open = '';
  #last: SourcePlace = { line: 1, column: 1 };

  constructor(columns: 'fixed' | 'free') {
    this.#columns = columns;
  }

  add(line: string, number: number): void {
    if (this.#columns === 'free') {
      if (!line.trimStart().startsWith('*>')) this.#append(line, 0, number);
      return;
    }
    const indicator = line[6] ?? ' ';
    if (indicator === '*' || indicator === '/' || indicator === 'D' || indicator === 'd') return;
    this.#checkColumns(line, number, indicator);
    const text = line.slice(7, lastColumn);
    if (indicator === '-') this.#continue(text, number);
    else if (text.trim() !== '') this.#append(text, 7, number);
  }

  /** Whoever writes from column 1 on would lose what stands in the first six of them. */
  #checkColumns(line: string, number: number, indicator: string): void {
    const isText = /^ *\d\d? +[A-Za-z]/.test(line.slice(0, 7));
    if ((indicator === ' ' && !isText) || indicator === '-') return;
    const hint = 'Text begins in column 8. For a copybook that is written from column 1 on, set `columns: "free"`.';
    const says =
      isText && indicator === ' '
        ? 'Columns 1 to 6, which are no text, hold an item'
        : `Column 7 holds "${indicator}", which means nothing there`;
    throw copybookFault(says, { line: number, column: isText && indicator === ' ' ? 1 : 7 }, hint);
  }

  #append(text: string, before: number, line: number): void {
    if (this.#open !== '') throw copybookFault('A literal is not closed on its line, and the next line does not continue it', this.#last);
    this.#signs.push('\n');
    this.#places.push(this.#last);
    this.#push(text, before, line);
  }

  /** A literal goes on behind the first quote of the line, and had blanks up to column 72; a word goes on without any. */
  #continue(text: string, line: number): void {
    if (this.#open === '') {
      while (this.#signs.length > 0 && /\s/.test(this.#signs.at(-1)!)) this.#drop();
      const start = text.length - text.trimStart().length;
      this.#push(text.slice(start), 7 + start, line);
      return;
    }
    const quote = text.indexOf(this.#open);
    if (quote < 0) throw copybookFault('A line that continues a literal has no quote', { line, column: 8 });
    for (let column = this.#last.column + 1; column <= lastColumn; column += 1) {
      this.#signs.push(' ');
      this.#places.push({ line: this.#last.line, column });
    }
    this.#push(text.slice(quote + 1), 7 + quote + 1, line);
  }

  #drop(): void {
    this.#signs.pop();
    this.#places.pop();
  }

  #push(text: string, before: number, line: number): void {
    for (const [index, sign] of Array.from(text).entries()) {
      if (this.#open === '' && sign === '*' && text[index + 1] === '>') return;
      if (sign === this.#open) this.#open = '';
      else if (this.#open === '' && (sign === "'" || sign === '"')) this.#open = sign;
      this.#last = { line, column: before + index + 1 };
      this.#signs.push(sign);
      this.#places.push(this.#last);
    }
  }

  done(): Source {
    if (this.#open !== '') throw copybookFault('A literal is not closed', this.#last);
    const places = this.#places;
    const last = this.#last;
    return { text: this.#signs.join(''), place: (index) => places[index] ?? last };
  }
}
