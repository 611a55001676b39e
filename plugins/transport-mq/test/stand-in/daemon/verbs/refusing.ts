import { failed, type Outcome, Refusal } from '../mqi.ts';

/** Runs something that may throw a `Refusal`, which is an answer as well. */
export function orFailed<T>(run: () => T): T | Outcome {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return failed(error.reason);
    throw error;
  }
}
