interface Timer {
  readonly due: number;
  readonly seq: number;
  readonly call: () => void;
  cancelled: boolean;
}

/** Time that passes only when nobody has anything left to do at the present moment. */
export class VirtualTime {
  readonly #timers: Timer[] = [];
  #seq = 0;
  /** Milliseconds since 1970. */
  now = Date.UTC(2026, 0, 1);
  /** When the run began. */
  readonly began = this.now;

  after(ms: number, call: () => void): () => void {
    const timer: Timer = { due: this.now + Math.max(0, ms), seq: this.#seq++, call, cancelled: false };
    push(this.#timers, timer);
    return () => {
      timer.cancelled = true;
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets everything that is ready at the present moment continue. */
  settle(): Promise<void> {
    return turn();
  }

  /** Lets time pass until `isOver` answers true, which is asked after each moment at which something happened. False when nothing will ever happen any more. */
  async runUntil(isOver: () => boolean): Promise<boolean> {
    await turn();
    while (!isOver()) {
      const timer = shift(this.#timers);
      if (!timer) return false;
      if (timer.cancelled) continue;
      this.now = Math.max(this.now, timer.due);
      timer.call();
      await turn();
    }
    return true;
  }
}

const { setImmediate: soon } = globalThis;

/** Lets every promise that is ready continue, however long its chain is. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    soon(resolve);
  });
}

function push(heap: Timer[], timer: Timer): void {
  let place = heap.length;
  heap.push(timer);
  while (place > 0) {
    const above = (place - 1) >>> 1;
    const parent = heap[above] as Timer;
    if (!isBefore(timer, parent)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = timer;
}

function shift(heap: Timer[]): Timer | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let place = 0;
  for (;;) {
    let below = place * 2 + 1;
    const [left, right] = [heap[below], heap[below + 1]];
    if (left === undefined) break;
    if (right !== undefined && isBefore(right, left)) below += 1;
    const child = heap[below] as Timer;
    if (!isBefore(child, last)) break;
    heap[place] = child;
    place = below;
  }
  heap[place] = last;
  return first;
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.due < other.due || (one.due === other.due && one.seq < other.seq);
}
