/** What an address asks to be answered. */
export interface DemandedAnswer {
  readonly code: number;
  /** When: at the command that names it, after the mail itself, or at the command and only for the first time. */
  readonly when: 'command' | 'data' | 'once';
}

const demand = /^(refuse|later)-(\d{3})(?:-(data|once))?(?:\+[^@]*)?(?:@|$)/i;

/**
 * The answer that an address or a login asks for by its local part: `refuse-550@…` is refused with 550, `later-451@…` put off with 451.
 * `refuse-554-data@…` is answered so after the mail itself, `later-451-once@…` the first time only. `+…` makes further addresses of the same
 * kind. Undefined for an ordinary address, and for a code that does not fit the word: `refuse` goes with 5xx, `later` with 4xx.
 */
export function answerOnDemand(address: string): DemandedAnswer | undefined {
  const [, word = '', code = '', when = 'command'] = demand.exec(address) ?? [];
  const fits = word.toLowerCase() === 'refuse' ? code.startsWith('5') : code.startsWith('4');
  if (word === '' || !fits) return undefined;
  return { code: Number(code), when: when.toLowerCase() as DemandedAnswer['when'] };
}

/** How many addresses are remembered as answered once. */
const remembered = 10_000;

/** Which addresses have had the answer that they want only once. The oldest are forgotten. */
export class AnsweredOnce {
  readonly #seen = new Set<string>();

  /** Whether it is the first time. */
  isFirst(address: string): boolean {
    const key = address.toLowerCase();
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (this.#seen.size > remembered && oldest !== undefined) this.#seen.delete(oldest);
    return true;
  }
}
