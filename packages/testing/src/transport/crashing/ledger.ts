import type { ReceiveGuarantees } from '@waybill/contract';
import type { Desk } from '../held.ts';
import type { Rig } from '../rig.ts';
import type { Victim } from './victim.ts';

/** A message in somebody's hands. */
interface HandOut {
  readonly text: string;
  readonly id: string | undefined;
  readonly attempt: number | undefined;
  readonly isAccepted: boolean;
}

/** Everything that was put and handed out, by processes that were killed and by those that came after them. */
export class CrashLedger {
  readonly #guarantees: ReceiveGuarantees;
  readonly #put: string[] = [];
  #last: readonly string[] = [];
  readonly #handOuts: HandOut[] = [];

  constructor(guarantees: ReceiveGuarantees) {
    this.#guarantees = guarantees;
  }

  puts(texts: readonly string[]): void {
    this.#put.push(...texts);
    this.#last = texts;
  }

  took({ news, accepted }: Victim): void {
    for (const one of news) if (one.kind === 'handed') this.#handOuts.push({ ...one, isAccepted: accepted.includes(one.text) });
  }

  /** Waits until everything that was put last has come once to somebody who accepts it; or gives up, and `lost` tells. */
  async waitFor(rig: Rig, desk: Desk): Promise<void> {
    const came = (): ReadonlySet<string> => new Set(desk.all.map(({ text }) => text));
    const missing = (): readonly string[] => this.#last.filter((text) => this.acceptances(text) === 0 && !came().has(text));
    await rig.eventually(() => missing().length === 0, 'every message').catch(() => undefined);
  }

  /** Stops somebody who accepts everything, and takes note of what has come. */
  async drained(desk: Desk): Promise<void> {
    await desk.stop();
    for (const { id, text, delivery } of desk.all) this.#handOuts.push({ id, text, attempt: delivery.attempt, isAccepted: true });
  }

  /** What came to nobody who accepted it. */
  get lost(): readonly string[] {
    return this.#put.filter((text) => this.acceptances(text) === 0);
  }

  /** What came again to somebody although it had been accepted: more than `allowed` times. */
  doubled(allowed: 0 | 1): readonly string[] {
    return this.#put.filter((text) => {
      const all = this.#of(text);
      const after = all.slice(all.findIndex(({ isAccepted }) => isAccepted) + 1);
      return after.length > allowed;
    });
  }

  /** What came under several ids, or under none when it came again; and what was counted wrongly, where it is counted. */
  get mistaken(): readonly string[] {
    return this.#put.filter((text) => {
      const all = this.#of(text);
      if (all.length < 2) return false;
      if (all[0]?.id === undefined || new Set(all.map(({ id }) => id)).size > 1) return true;
      return (
        this.#guarantees.countsAttempts && all.some(({ attempt = 0 }, index) => index > 0 && attempt <= (all[index - 1]?.attempt ?? 0))
      );
    });
  }

  /** What came for the first time to somebody who accepted it, in this order. */
  get order(): readonly string[] {
    return [...new Set(this.#handOuts.flatMap(({ text, isAccepted }) => (isAccepted ? [text] : [])))];
  }

  /** How often each message was accepted. */
  acceptances(text: string): number {
    return this.#of(text).filter(({ isAccepted }) => isAccepted).length;
  }

  #of(text: string): readonly HandOut[] {
    return this.#handOuts.filter((one) => one.text === text);
  }
}
