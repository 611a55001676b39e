import type { ServerResponse } from 'node:http';
import { answer } from './answer.ts';

const most = 100;

/** Those who look at a page and are told at once when something is new: they fetch it by themselves. */
export class Live {
  readonly #watching = new Set<ServerResponse>();
  /** Who has not read what was said before, and will be told when it has. */
  readonly #behind = new Set<ServerResponse>();
  #news = 0;

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
    response.write(': here\n\n');
    return true;
  }

  /** Something is new. */
  tellAll(): void {
    this.#news += 1;
    for (const response of this.#watching) this.#tell(response);
  }

  /** Nothing piles up for somebody who does not read. */
  #tell(response: ServerResponse): void {
    if (response.writableNeedDrain) this.#behind.add(response);
    else response.write(`data: ${this.#news}\n\n`);
  }
}
