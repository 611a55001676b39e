import process from 'node:process';
import type { VirtualTime } from './virtual-time.ts';

/**
 * Puts virtual time and the chance of the seed in the place of those of the system, for everything that runs in this thread: what the
 * kernel's clock does not give (time limits of plugins and handlers, the grace of a stop, the jitter of retries, how long something
 * took) would otherwise come from outside of the seed. Answers the function that ends it.
 */
export function takeOverGlobals(time: VirtualTime, random: () => number): () => void {
  const changes: readonly [object, string, unknown][] = [
    [globalThis, 'setTimeout', (call: () => void, ms = 0) => timerOf(time.after(ms, call))],
    [globalThis, 'clearTimeout', ending(globalThis.clearTimeout)],
    [globalThis, 'setInterval', (call: () => void, ms = 0) => every(time, call, ms)],
    [globalThis, 'clearInterval', ending(globalThis.clearInterval)],
    [Date, 'now', () => time.now],
    [performance, 'now', () => time.now - time.began],
    [Math, 'random', random],
    [AbortSignal, 'timeout', (ms: number) => timeout(time, ms)],
    // A log that throws is told of once in each kernel.
    [process, 'emitWarning', () => undefined],
  ];
  const before = changes.map(([holder, name]) => [holder, name, Object.getOwnPropertyDescriptor(holder, name)] as const);
  for (const [holder, name, value] of changes) Object.defineProperty(holder, name, { value, configurable: true, writable: true });
  return () => {
    for (const [holder, name, descriptor] of before) {
      if (descriptor) Object.defineProperty(holder, name, descriptor);
      else Reflect.deleteProperty(holder, name);
    }
  };
}

interface VirtualTimer {
  readonly end: () => void;
  unref(): VirtualTimer;
  ref(): VirtualTimer;
}

function timerOf(stop: () => void): VirtualTimer {
  const timer: VirtualTimer = { end: stop, unref: () => timer, ref: () => timer };
  return timer;
}

function every(time: VirtualTime, call: () => void, ms: number): VirtualTimer {
  let stop: () => void;
  const next = (): void => {
    stop = time.after(Math.max(1, ms), () => {
      next();
      call();
    });
  };
  next();
  return timerOf(() => stop());
}

/** Timers that were started before are ended as they were. */
function ending(own: (timer: NodeJS.Timeout | undefined) => void): (timer: VirtualTimer | NodeJS.Timeout | undefined) => void {
  return (timer) => {
    if (timer && 'end' in timer) timer.end();
    else own(timer);
  };
}

function timeout(time: VirtualTime, ms: number): AbortSignal {
  const controller = new AbortController();
  time.after(ms, () => controller.abort(new DOMException('The time is over.', 'TimeoutError')));
  return controller.signal;
}
