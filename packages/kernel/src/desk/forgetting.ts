import type { Journal, Log } from '@waybill/contract';
import { type Clock } from '@waybill/plugin-host';
import { errorFields, Rounds } from '@waybill/plugin-host/kernel';

/** How long to rest when nothing is left to forget, and between two portions, in milliseconds. */
const rest = 10_000;
const pause = 50;

export interface ForgettingOptions {
  readonly journal: Journal;
  /** How long what is done stays, in milliseconds. */
  readonly keep: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Has the journal forget what was done long ago, in small portions, from the first second of the process on. Answers the function that ends it. */
export function startForgetting(options: ForgettingOptions): () => Promise<void> {
  const rounds = new Rounds(options.clock, async () => ((await forgetPortion(options)) ? pause : rest));
  rounds.start();
  return () => rounds.stop();
}

async function forgetPortion({ journal, keep, log }: ForgettingOptions): Promise<boolean> {
  try {
    const { rows, more } = await journal.desk.forget(keep);
    if (rows > 0) log.debug({ rows }, 'the journal forgot what was done long ago');
    return more;
  } catch (error) {
    log.warn(errorFields(error), 'the journal could not forget; it is asked again');
    return false;
  }
}
