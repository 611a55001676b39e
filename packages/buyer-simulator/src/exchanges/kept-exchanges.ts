import type { Exchange, NewExchange } from './exchange.ts';

/** How many characters of a body are kept. */
const longest = 2_000_000;

/** The newest exchanges. When one more would be too many, the oldest goes. */
export class KeptExchanges {
  readonly #most: number;
  readonly #all = new Map<number, Exchange>();
  readonly #listeners = new Set<(exchange: Exchange) => void>();
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many have been, those that are gone included. */
  get count(): number {
    return this.#count;
  }

  /** Oldest first. */
  all(): readonly Exchange[] {
    return [...this.#all.values()];
  }

  get(id: number): Exchange | undefined {
    return this.#all.get(id);
  }

  /** Secrets in it have to be masked already. */
  add(exchange: NewExchange): Exchange {
    this.#count += 1;
    const { request } = exchange;
    const kept = { notes: [], ...exchange, id: this.#count, at: Date.now(), request: { ...request, text: cut(request.text) } };
    this.#all.set(kept.id, kept);
    const [oldest] = this.#all.keys();
    if (this.#all.size > this.#most && oldest !== undefined) this.#all.delete(oldest);
    this.#tell(kept);
    return kept;
  }

  /** Adds what became of it. */
  complete(id: number, news: Pick<Exchange, 'answer' | 'took' | 'status' | 'problem'> & Partial<Pick<Exchange, 'requisition'>>): void {
    const found = this.#all.get(id);
    if (!found) return;
    const answer = news.answer && { ...news.answer, text: cut(news.answer.text) };
    const changed = { ...found, ...news, answer };
    this.#all.set(id, changed);
    this.#tell(changed);
  }

  /** Calls `listener` with each exchange that begins or goes on, until the returned function is called. */
  listen(listener: (exchange: Exchange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell(exchange: Exchange): void {
    for (const listener of this.#listeners) listener(exchange);
  }
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}\n… ${text.length - longest} characters more`;
}
