import type { ListenerState, ReceiveContext } from '@waybill/contract';
import type { Blocking } from './arrivals.ts';
import type { Notices } from './notices.ts';

export interface TellingOptions {
  readonly folder: string;
  /** After how many milliseconds somebody is told of a file that others wait for. */
  readonly after: number;
  readonly tell: ReceiveContext['tell'];
  readonly notices: Notices;
}

/** Tells what keeps files waiting, another listener or one that cannot be taken for long: the folder would seem empty otherwise. */
export class Telling {
  readonly #options: TellingOptions;
  #state: ListenerState = 'receiving';

  constructor(options: TellingOptions) {
    this.#options = options;
  }

  /** `othersHold` when another listener has files in hand that come before the next. */
  look(othersHold: boolean, blocking: Blocking | undefined): void {
    const { after, tell } = this.#options;
    const long = blocking !== undefined && blocking.for > after ? blocking : undefined;
    const state = othersHold ? 'standing-by' : long ? 'paused' : 'receiving';
    if (state === this.#state) return;
    this.#state = state;
    if (state === 'standing-by') tell(state, 'Another listener has files in hand, and those after them wait for them.');
    else tell(state, long && this.#reasonFor(long));
  }

  #reasonFor({ name, why }: Blocking): string {
    if (why === 'refused') return `The file ${name} cannot be claimed, and those after it wait for it.`;
    const { notices, folder } = this.#options;
    notices.warn(name, 'file is still being written, or empty, and those after it wait for it', { folder });
    return `The file ${name} is still being written, and those after it wait for it.`;
  }
}
