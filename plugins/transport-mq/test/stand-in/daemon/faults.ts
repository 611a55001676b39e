/** Which calls a fault strikes, and what it does to them. What is left out of the address is not looked at. */
export interface Fault {
  /** `CONNX`, `OPEN`, `PUT`, `PUT1`, `GET`, `CMIT` …, as the MQI names them without MQ. */
  readonly verb?: string;
  /** As the program opened it. A commit or backout is struck when its unit has touched the queue. */
  readonly queue?: string;
  readonly applName?: string;
  /** How many calls it lets pass first. Default 0. */
  readonly skip?: number;
  /** How many it strikes. Default 1. */
  readonly times?: number;
  readonly act: Act;
}

/** `before` and `after`: whether the call takes effect. */
export type Act =
  /** Answers this in place of the call. 2003 backs the unit out as well. */
  | { readonly reason: number }
  /** Ends the connection; the program gets 2009. */
  | { readonly cut: 'before' | 'after' }
  /** Never answers. */
  | { readonly silence: 'before' | 'after' }
  /** Does the call after so many milliseconds. */
  | { readonly delay: number }
  /** The queue manager's process ends; `during` stops it in the middle of what it writes to its log. */
  | { readonly crash: 'before' | 'during' | 'after' };

/** A call, as faults look at it. */
export interface Called {
  readonly verb: string;
  readonly queues: readonly string[];
  readonly applName: string;
}

interface Armed {
  readonly fault: Fault;
  toSkip: number;
  toStrike: number;
}

/** The faults that are waiting for their call. */
export class Faults {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({ fault, toSkip: fault.skip ?? 0, toStrike: fault.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** How many calls are still to be struck. */
  get waiting(): number {
    return this.#armed.reduce((sum, { toStrike }) => sum + toStrike, 0);
  }

  /** What strikes this call. Each call that fits counts, for every fault. */
  strike(called: Called): Act | undefined {
    let struck: Act | undefined;
    for (const armed of this.#armed.filter(({ fault }) => fits(fault, called))) {
      if (armed.toSkip > 0) {
        armed.toSkip -= 1;
      } else if (struck === undefined) {
        armed.toStrike -= 1;
        struck = armed.fault.act;
      }
    }
    this.#armed = this.#armed.filter(({ toStrike }) => toStrike > 0);
    return struck;
  }
}

function fits({ verb, queue, applName }: Fault, called: Called): boolean {
  return (
    (verb === undefined || verb === called.verb) &&
    (queue === undefined || called.queues.includes(queue)) &&
    (applName === undefined || applName === called.applName)
  );
}
