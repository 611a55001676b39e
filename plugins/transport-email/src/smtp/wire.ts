import type { Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { Answer } from './answer.ts';
import { AnswerReader } from './answer-reader.ts';
import { Ended, endedBy, shownTime } from './ended.ts';

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (ended: Ended) => void;
}

/** A connection to a mail server: bytes go out, answers come in, each within its time. */
export class Wire {
  /** Host and port, for people. */
  readonly place: string;
  readonly #reader = new AnswerReader();
  #socket: Socket;
  #isSecure: boolean;
  #waiting: Waiting | undefined;
  #ended: Ended | undefined;
  /** One for all that is waited for: most of it comes long before its time. */
  #timer: NodeJS.Timeout | undefined;
  #timerEnds = 0;
  #due = Number.POSITIVE_INFINITY;
  #limit = 0;

  /** `socket`: connected. */
  constructor(socket: Socket, place: string, isSecure: boolean) {
    this.place = place;
    this.#socket = socket;
    this.#isSecure = isSecure;
    this.#hear(socket);
  }

  get isSecure(): boolean {
    return this.#isSecure;
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Nothing came that nobody has asked for, and the other side is still there. */
  get isQuiet(): boolean {
    return !this.#ended && this.#reader.isEmpty;
  }

  get hasAnswer(): boolean {
    return this.#reader.hasAnswer;
  }

  /** `192.0.2.1`, `::1`: of this side. */
  get ownAddress(): string {
    return this.#socket.localAddress ?? '127.0.0.1';
  }

  /** Text goes as UTF-8. What comes after an end is dropped: whoever waits for the answer hears of it. */
  write(...parts: readonly (string | Uint8Array)[]): void {
    if (this.#ended) return;
    if (parts.length === 1) return void this.#socket.write(parts[0] ?? '');
    this.#socket.cork();
    for (const part of parts) this.#socket.write(part);
    this.#socket.uncork();
  }

  /** Resolves when the system has taken all of it. Throws `Ended`. */
  flush(part: Uint8Array, limit: number): Promise<void> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#await(limit);
    return new Promise((resolve, reject) => {
      this.#socket.write(part, (error) => {
        this.#due = Number.POSITIVE_INFINITY;
        if (error) reject(this.#ended ?? endedBy(error));
        else resolve();
      });
    });
  }

  /** The next answer, within `limit` milliseconds. What came before the end of a connection is given first. Throws `Ended`. */
  answer(limit: number): Promise<Answer> {
    const answer = this.#reader.next();
    if (answer) return Promise.resolve(answer);
    if (this.#ended) return Promise.reject(this.#ended);
    this.#await(limit);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** Goes on with TLS. What came before is forgotten: anybody could have said it. Throws `Ended`. */
  async secure(options: ConnectionOptions, limit: number): Promise<void> {
    const plain = this.#socket;
    plain.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close');
    this.#reader.forget();
    this.#await(limit);
    const socket = connectTls({ ...options, socket: plain });
    this.#socket = socket;
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve).once('error', reject);
        socket.once('close', () => reject(this.#ended ?? new Ended('lost', 'the server has closed the connection')));
      });
    } catch (error) {
      throw this.#ended ?? error;
    } finally {
      this.#due = Number.POSITIVE_INFINITY;
      if (this.#ended) socket.destroy();
    }
    this.#isSecure = true;
    this.#hear(socket);
  }

  /** Ends the connection at once. */
  cut(ended: Ended): void {
    this.#end(ended);
    this.#socket.destroy();
  }

  #hear(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#took(chunk));
    socket.on('error', (error) => this.#end(endedBy(error)));
    socket.on('end', () => this.#end(new Ended('lost', 'the server has closed the connection')));
    socket.on('close', () => this.cut(new Ended('lost', 'the connection was closed')));
  }

  #took(chunk: Buffer): void {
    if (this.#ended) return;
    try {
      this.#reader.push(chunk);
    } catch (error) {
      return this.cut(new Ended('nonsense', (error as Error).message));
    }
    const waiting = this.#waiting;
    const answer = waiting && this.#reader.next();
    if (!waiting || !answer) return;
    this.#waiting = undefined;
    this.#due = Number.POSITIVE_INFINITY;
    waiting.resolve(answer);
  }

  #end(ended: Ended): void {
    if (this.#ended) return;
    this.#ended = ended;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(ended);
  }

  #await(limit: number): void {
    this.#limit = limit;
    this.#due = performance.now() + limit;
    if (this.#timer && this.#timerEnds <= this.#due) return;
    clearTimeout(this.#timer);
    this.#startTimer(limit);
  }

  #startTimer(length: number): void {
    this.#timerEnds = performance.now() + length;
    // The socket keeps the process alive while something is awaited.
    this.#timer = setTimeout(() => this.#look(), length).unref();
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#due === Number.POSITIVE_INFINITY) return;
    const left = this.#due - performance.now();
    if (left > 1) this.#startTimer(left);
    else this.cut(new Ended('silent', `the server did not go on within ${shownTime(this.#limit)}`));
  }
}
