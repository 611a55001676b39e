import { expect, it } from 'vitest';
import { temporaryProjectFolder } from '../bad-messages/project-folder.ts';
import { runReplayRig } from './rig.ts';

/** 1 in the checks; more for a long night. */
const scale = Number(process.env['WAYBILL_RIG'] ?? 1);

it('a replay that is cancelled, resumed, killed and resumed by two, while the kernel is killed too, has each effect once', async () => {
  const messages = 300 * scale;
  const result = await runReplayRig({ folder: await temporaryProjectFolder(), messages, rate: 25 * scale });
  expect(result).toMatchObject({
    lost: 0,
    unfinished: 0,
    replayedOtherwise: 0,
    doubled: 0,
    replay: { state: 'done', chosen: messages, replayed: messages, skipped: 0 },
  });
});
