/** So many line ends follow each other at most, two empty lines, whatever the HTML asks for. */
const mostBreaks = 3;

/** Gathers text as a reader sees it: blanks fold into one, lines end where blocks do. */
export class PlainLines {
  readonly #pieces: string[] = [];
  /** Line ends that stand before whatever comes next. */
  #breaks = 0;
  #isBlank = false;
  #mark = '';

  /** Text of a flow: blanks and line ends within it are one blank. */
  flow(text: string): void {
    for (const piece of text.split(/([ \t\r\n\f\u00a0]+)/)) {
      if (piece === '') continue;
      if (/^[ \t\r\n\f\u00a0]/.test(piece)) this.#isBlank = true;
      else this.#put(piece);
    }
  }

  /** Text whose line ends count. */
  lines(text: string): void {
    for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
      if (index > 0) this.#breaks = Math.min(this.#breaks + 1, mostBreaks);
      if (line !== '') this.#put(line);
    }
  }

  /** At least so many line ends before what follows. */
  break(count: number): void {
    this.#breaks = Math.max(this.#breaks, count);
    this.#isBlank = false;
  }

  /** One more line end, as a `<br>` asks for. */
  newLine(): void {
    this.#breaks = Math.min(this.#breaks + 1, mostBreaks);
    this.#isBlank = false;
  }

  /** Stands at the beginning of the line that comes next. */
  mark(mark: string): void {
    this.#mark = mark;
  }

  /** How many pieces there are so far. */
  get length(): number {
    return this.#pieces.length;
  }

  /** What was gathered since there were so many pieces. */
  since(length: number): string {
    return this.#pieces.slice(length).join('').trim();
  }

  text(): string {
    return this.#pieces.length === 0 ? '' : `${this.#pieces.join('')}\n`;
  }

  #put(piece: string): void {
    const isFirst = this.#pieces.length === 0;
    if (isFirst || this.#breaks > 0) {
      this.#pieces.push((isFirst ? '' : '\n'.repeat(this.#breaks)) + this.#mark);
      this.#mark = '';
    } else if (this.#isBlank) this.#pieces.push(' ');
    this.#pieces.push(piece);
    this.#breaks = 0;
    this.#isBlank = false;
  }
}
