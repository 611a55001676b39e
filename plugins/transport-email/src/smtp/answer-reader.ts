import type { Answer } from './answer.ts';

/** RFC 5321, 4.5.3.1.5, allows 512 bytes a line; real servers say more. */
const longestLine = 4_096;
/** Of one answer, in bytes, all its lines together. */
const longestAnswer = 65_536;
/** What is kept of it for people, in characters. */
const longestText = 1_000;
/** Of one answer: more than any server has offers. */
const mostLines = 50;
/** So many answers may wait until somebody asks for them: more than a transaction can have. */
const mostWaiting = 2_100;

const [newline, carriageReturn, dash, blank, zero] = [10, 13, 45, 32, 48];

/** Makes answers of bytes, whatever pieces they come in, in bounded memory. */
export class AnswerReader {
  #rest: Buffer | undefined;
  #text = '';
  #lines: string[] | undefined;
  #size = 0;
  readonly #answers: Answer[] = [];

  /** Throws when it is no answer, or too long. */
  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      const part = chunk.subarray(from, end);
      from = end + 1;
      this.#take(this.#rest ? Buffer.concat([this.#rest, part]) : part);
      this.#rest = undefined;
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
  }

  /** The answer that came first. */
  next(): Answer | undefined {
    return this.#answers.shift();
  }

  get isEmpty(): boolean {
    return this.#answers.length === 0 && this.#rest === undefined && this.#size === 0;
  }

  /** Whether there is a whole one. */
  get hasAnswer(): boolean {
    return this.#answers.length > 0;
  }

  /** Throws away what came, whole answers or parts. */
  forget(): void {
    this.#rest = undefined;
    this.#answers.length = 0;
    this.#clear();
  }

  #keep(part: Buffer): void {
    // A copy: the piece that it lies in is larger.
    const rest = Buffer.concat(this.#rest ? [this.#rest, part] : [part]);
    if (rest.length > longestLine) throw new Error('the server said a line that does not end');
    this.#rest = rest;
  }

  #take(raw: Buffer): void {
    const line = raw.at(-1) === carriageReturn ? raw.subarray(0, -1) : raw;
    this.#size += line.length + 2;
    if (line.length > longestLine || this.#size > longestAnswer) throw new Error('the server said an answer that does not end');
    const code = codeOf(line);
    const after = line[3];
    if (code === undefined || (after !== undefined && after !== blank && after !== dash))
      throw new Error(`what the server said is no answer: ${printable(line.toString('latin1', 0, 80))}`);
    const words = printable(line.toString('utf8', 4));
    if (this.#text.length < longestText) this.#text += (this.#text === '' ? '' : ' ') + words;
    if (after === dash) this.#lines ??= [];
    if (this.#lines && this.#lines.length < mostLines) this.#lines.push(words);
    if (after !== dash) this.#finish(code);
  }

  #finish(code: number): void {
    if (this.#answers.length >= mostWaiting) throw new Error('the server said more answers than it was asked for');
    this.#answers.push({ code, text: this.#text.slice(0, longestText), lines: this.#lines });
    this.#clear();
  }

  #clear(): void {
    this.#text = '';
    this.#lines = undefined;
    this.#size = 0;
  }
}

/** 200 to 599. */
function codeOf(line: Buffer): number | undefined {
  const [first = 0, second = 0, third = 0] = line;
  const isCode = first >= 50 && first <= 53 && second >= zero && second <= 57 && third >= zero && third <= 57;
  return isCode ? (first - zero) * 100 + (second - zero) * 10 + third - zero : undefined;
}

function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- that is what is looked for.
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').trim();
}
