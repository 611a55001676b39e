import type { ServerResponse } from 'node:http';
import type { KeptMails } from '../mails/kept-mails.ts';
import { answer } from './answer.ts';

const most = 100;

/** Those who look at the page and are told at once when mails come or go. They are told that something is new, and fetch it by themselves. */
export class Live {
  readonly #kept: KeptMails;
  readonly #watching = new Set<ServerResponse>();
  /** Who has not read what was said before, and will be told when it has. */
  readonly #behind = new Set<ServerResponse>();

  constructor(kept: KeptMails) {
    this.#kept = kept;
    kept.listen(() => this.#tellAll());
  }

  /** Keeps the answer open. False: too many are watching. */
  watch(response: ServerResponse): boolean {
    if (this.#watching.size >= most) return false;
    response.writeHead(200, answer(200, 'text/event-stream', '').headers);
    this.#watching.add(response);
    response.on('close', () => {
      this.#watching.delete(response);
      this.#behind.delete(response);
    });
    response.on('drain', () => this.#behind.delete(response) && this.#tell(response));
    this.#tell(response);
    return true;
  }

  #tellAll(): void {
    for (const response of this.#watching) this.#tell(response);
  }

  /** Nothing piles up for somebody who does not read. */
  #tell(response: ServerResponse): void {
    if (response.writableNeedDrain) this.#behind.add(response);
    else response.write(`data: ${this.#kept.received}\n\n`);
  }
}
