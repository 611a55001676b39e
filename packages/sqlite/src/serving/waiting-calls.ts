import type { AnyService, WaitingKind } from './service.ts';

export interface NumberedCall {
  readonly number: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Calls that have found nothing yet, in the order in which they came. */
export class WaitingCalls {
  readonly #service: AnyService;
  readonly #calls = new Map<number, NumberedCall>();

  constructor(service: AnyService) {
    this.#service = service;
  }

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  add(call: NumberedCall): void {
    this.#calls.set(call.number, call);
  }

  /** False when no call of that number waits any more. */
  remove(number: number): boolean {
    return this.#calls.delete(number);
  }

  /** Forgets all of them and answers their numbers. */
  clear(): readonly number[] {
    const numbers = [...this.#calls.keys()];
    this.#calls.clear();
    return numbers;
  }

  /** Those that only watch, and need no transaction. */
  watchers(): readonly NumberedCall[] {
    return [...this.#calls.values()].filter(({ name }) => this.#service.kinds[name] === 'watch');
  }

  /** Whether a transaction would answer any of them. */
  isAnyReady(): boolean {
    let isReady = false;
    this.serve((call, { look }) => {
      isReady ||= looks(look, call.args);
      return isReady;
    });
    return isReady;
  }

  /** Asks those that need a transaction in turn whether they are answered now. */
  serve(isAnswered: (call: NumberedCall, kind: WaitingKind<readonly unknown[]>) => boolean): void {
    const empty = new Set<string>();
    for (const call of this.#calls.values()) {
      const kind = this.#service.kinds[call.name];
      if (typeof kind !== 'object') continue;
      const group = kind.group?.(...call.args);
      if (group !== undefined && empty.has(group)) continue;
      if (!isAnswered(call, kind) && group !== undefined) empty.add(group);
    }
  }
}

/** When a look throws, the call will throw the same error and be answered with it. */
function looks(look: WaitingKind<readonly unknown[]>['look'], args: readonly unknown[]): boolean {
  try {
    return look(...args);
  } catch {
    return true;
  }
}
