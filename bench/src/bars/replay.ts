import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runReplayRig } from '../../../test/replay-rig/rig.ts';
import { atMost, type Bar, none } from './bar.ts';

/** A replay that is cancelled half way, resumed, killed, and resumed by two programs, while the kernel is killed once as well. */
export async function replay({ messages, rate }: { readonly messages: number; readonly rate: number }): Promise<readonly Bar[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bars-'));
  await symlink(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
  try {
    const {
      lost,
      unfinished,
      replayedOtherwise,
      doubled,
      endedAfter,
      interruptedAt,
      replay: ended,
    } = await runReplayRig({
      folder,
      messages,
      rate,
    });
    const what = `replay, ${messages} parked, interrupted at ${interruptedAt.join(', ')}`;
    return [
      none(`${what}: without an effect`, lost),
      none(`${what}: not done`, unfinished),
      none(`${what}: replayed twice, or not`, replayedOtherwise),
      none(`${what}: done twice`, doubled),
      none('replay: counted as replayed, too many or too few', Math.abs((ended?.replayed ?? 0) - messages)),
      atMost('replay: until its program ends once it is cancelled', Math.round(endedAfter), 1_000, ' ms'),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
