export interface WaitOptions {
  /** What is waited for, as it reads after "timed out waiting for". */
  readonly what: string;
  /** How long to wait at most, in milliseconds of real time. Default 10,000. */
  readonly within?: number | undefined;
}

/** Real time, whatever a test has done to the global timers. */
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;
const pollEvery = 5;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    startTimer(resolve, ms);
  });
}

/** What is left of an answer when it counts as one. */
type Truthy<T> = Exclude<T, undefined | null | false | 0 | ''>;

/**
 * Asks `check` on real time until it answers with something truthy, and resolves with that answer.
 * Throws "timed out waiting for …" (with the last error of `check` as the cause) when the time is over.
 */
export async function eventually<T>(check: () => T | Promise<T>, { what, within = 10_000 }: WaitOptions): Promise<Truthy<T>> {
  const end = performance.now() + within;
  let cause: unknown;
  for (;;) {
    try {
      const answer = await check();
      if (answer) return answer as Truthy<T>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= end) throw new Error(`timed out waiting for ${what}`, { cause });
    await pause(pollEvery);
  }
}

/** Resolves or throws as `promise` does, or throws "timed out waiting for …" when that takes too long. */
export async function settled<T>(promise: Promise<T>, { what, within = 10_000 }: WaitOptions): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = startTimer(() => reject(new Error(`timed out waiting for ${what}`)), within);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    stopTimer(timer);
  }
}

/**
 * Watches that `check` stays true for a while (default 150 ms): the only way to see that something does not happen.
 * A slow machine can make it miss a fault, never report one that is not there.
 */
export async function stays(check: () => boolean, { what, within = 150 }: WaitOptions): Promise<void> {
  const end = performance.now() + within;
  do {
    if (!check()) throw new Error(`expected all the time: ${what}`);
    await pause(pollEvery);
  } while (performance.now() < end);
}
