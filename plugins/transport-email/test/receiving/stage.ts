import { Rig } from '@waybill/testing';
import transport from '../../src/index.ts';
import { common, prepareWorld, type Shared, type World } from './world.ts';

/** A mailbox of its own and what is opened on it, for one test. */
export async function onStage(
  shared: Shared,
  inbound: Readonly<Record<string, unknown>>,
  act: (rig: Rig<World>) => Promise<void>,
): Promise<void> {
  const rig = await Rig.open<World>(transport, { ...common, prepare: () => prepareWorld(shared, inbound) });
  try {
    await act(rig);
  } catch (error) {
    // What went wrong first is what the test found.
    await rig.close().catch(() => undefined);
    throw error;
  }
  await rig.close();
}
