import type { AnyTransport } from '@waybill/contract';
import { describe, it } from 'vitest';
import type { TransportHarness } from './harness.ts';
import { Rig } from './rig.ts';

/** A suite decides by the declared guarantees what it asks; these names say that it is not a test file that does so. */
export const group = describe;
export const question = it;

/** Asks one question in a fresh world, and closes everything afterwards. */
export type Ask = (fact: string, answer: (rig: Rig) => Promise<void>) => void;

export function asker(transport: AnyTransport, harness: TransportHarness): Ask {
  // A question waits for several things in turn, each of them as long as the patience allows.
  const timeout = 6 * (harness.patience ?? 10_000);
  return (fact, answer) => question(fact, { timeout }, () => inFreshWorld(transport, harness, answer));
}

async function inFreshWorld(transport: AnyTransport, harness: TransportHarness, answer: (rig: Rig) => Promise<void>): Promise<void> {
  const rig = await Rig.open(transport, harness);
  try {
    await answer(rig);
  } catch (error) {
    // What went wrong first is what the question found; trouble while closing follows from it.
    await rig.close().catch(() => undefined);
    throw error;
  }
  await rig.close();
}
