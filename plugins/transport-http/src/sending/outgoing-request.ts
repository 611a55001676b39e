import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { whenConnected } from './connecting.ts';
import { AnswerOverdue, NotAnAnswer, type Progress } from './failure.ts';
import { readUpTo, skipBody } from './read-answer.ts';

/** How much is handed to the connection at a time, in bytes. What follows waits until the connection takes more. */
const piece = 64 * 1024;

/** The connections that have lasted long enough to be written to. */
const connected = new WeakSet<Socket>();

export interface OutgoingRequestOptions {
  readonly connectTimeout: number;
  readonly signal: AbortSignal;
  /** Whether an answer with this status says that the far side has the message. */
  readonly isSuccess: (status: number) => boolean;
  /** Whose body will be read: that of an answer that says so, that of every answer, or none. */
  readonly reads: 'reply' | 'answer' | 'nothing';
}

/** One request on its way, which knows how much of it was written. */
export class OutgoingRequest {
  readonly #request: ClientRequest;
  readonly #body: Uint8Array;
  readonly #options: OutgoingRequestOptions;
  readonly #answered = Promise.withResolvers<IncomingMessage>();
  #progress: Progress = 'waiting';
  #given = 0;
  #answer: IncomingMessage | undefined;
  #isDecided = false;

  constructor(request: ClientRequest, body: Uint8Array, options: OutgoingRequestOptions) {
    this.#request = request;
    this.#body = body;
    this.#options = options;
    this.#listen();
  }

  get progress(): Progress {
    return this.#progress;
  }

  /**
   * Resolves with the head of the answer as soon as its status decides: one that says that the message was taken cannot be about
   * a message that is not written yet. Interim answers (1xx), which nobody has asked for, are read over.
   */
  answer(): Promise<IncomingMessage> {
    return this.#answered.promise;
  }

  /**
   * Reads past the body of the answer, for a short time, so that the connection can be used again. Never rejects. Undefined when
   * all of it has come already.
   */
  skipAnswer(): Promise<void> | undefined {
    const skipping = this.#answer && skipBody(this.#answer);
    if (this.#progress === 'written') return skipping;
    return (skipping ?? Promise.resolve()).then(() => void this.#request.destroy());
  }

  /**
   * The first `limit` bytes of the body of the answer. Never rejects. Undefined where the far side did not bring it to its end: its status is all
   * that it has said then.
   */
  async readAnswer(limit: number): Promise<Uint8Array | undefined> {
    const body = this.#answer && (await readUpTo(this.#answer, limit));
    if (this.#progress !== 'written') this.#request.destroy();
    return body;
  }

  #listen(): void {
    const { signal } = this.#options;
    const abort = () => this.#fail(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    this.#request
      .once('socket', (socket) => this.#connect(socket))
      .once('response', (answer) => this.#look(answer))
      // The time also runs while the connection is being made, which has a limit of its own.
      .on('timeout', () => this.#progress !== 'connecting' && this.#fail(new AnswerOverdue()))
      .once('upgrade', () => this.#fail(new NotAnAnswer('it changes the protocol, which nobody has asked for')))
      .on('error', (error) => this.#answered.reject(error))
      .once('close', () => {
        signal.removeEventListener('abort', abort);
        // Not made for every request: an error looks through the whole stack.
        if (!this.#isDecided) this.#answered.reject(new Error('the connection was closed'));
      });
  }

  #connect(socket: Socket): void {
    if (connected.has(socket)) return this.#write();
    this.#progress = 'connecting';
    whenConnected(socket, this.#options.connectTimeout).then(
      () => {
        connected.add(socket);
        // Whoever answers before anything was written does not want it.
        if (!this.#answer) this.#write();
      },
      (error: Error) => this.#fail(error),
    );
  }

  #write(): void {
    const body = this.#body;
    this.#progress = 'writing';
    while (body.byteLength - this.#given > piece) {
      const more = this.#request.write(body.subarray(this.#given, this.#given + piece));
      this.#given += piece;
      if (!more) return void this.#request.once('drain', () => this.#write());
    }
    // Set before the last piece is written and not after it: by the time the connection asks for more, the piece may have arrived.
    this.#progress = 'written';
    this.#request.end(body.subarray(this.#given));
    if (this.#answer) this.#look(this.#answer);
  }

  #look(answer: IncomingMessage): void {
    const isSuccess = this.#options.isSuccess(answer.statusCode ?? 0);
    if (!this.#answer) answer.on('error', ignore);
    this.#answer = answer;
    if (isSuccess && this.#progress === 'connecting') return this.#fail(new NotAnAnswer('it came before the request'));
    if (isSuccess && this.#progress !== 'written') return;
    // Begun here, so that the connection of a short answer is free before the next message asks for one.
    const { reads } = this.#options;
    if (reads === 'nothing' || (reads === 'reply' && !isSuccess)) answer.resume();
    this.#isDecided = true;
    this.#answered.resolve(answer);
  }

  /** Does not wait for the client: a request that waits for a connection ends when it would get one. */
  #fail(error: Error): void {
    this.#answered.reject(error);
    if (this.#answer) this.#answer.destroy(error);
    this.#request.destroy(error);
  }
}

/** Whoever reads the body of an answer hears of its errors. */
function ignore(): void {}
