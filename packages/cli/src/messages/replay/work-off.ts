import { setTimeout as pause } from 'node:timers/promises';
import type { By, Replay } from '@waybill/contract';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { Terminal } from '../../terminal.ts';
import { progressText, unknownReplay } from './texts.ts';

/** How long to wait between two portions of a replay with a rate, at least; and until the next look whether it was cancelled, at most; in milliseconds. */
const waits = { least: 100, most: 500 } as const;

/** How often to tell whoever watches how far it is, in milliseconds. */
const tellEvery = 5_000;

export interface Work {
  readonly by: By;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/** Has the set of a replay chosen. Interrupted, it is cancelled. */
export function chooseSet(open: OpenDesk, replay: Replay, work: Work): Promise<Replay> {
  return advanceWhile(open, replay, work, ({ state }) => state === 'choosing');
}

/** Works a replay off, to its end or until somebody cancels it. Interrupted, it is cancelled. */
export function workOff(open: OpenDesk, replay: Replay, work: Work): Promise<Replay> {
  return advanceWhile(open, replay, work, ({ state }) => state === 'choosing' || state === 'running');
}

async function advanceWhile({ replays }: OpenDesk, begun: Replay, work: Work, goesOn: (replay: Replay) => boolean): Promise<Replay> {
  const { by, signal, terminal } = work;
  let replay = begun;
  let toldAt = performance.now();
  while (goesOn(replay)) {
    if (signal.aborted) return (await replays.cancel(replay.id, by)) ?? replay;
    const step = await replays.advance(replay.id, by);
    if (step === undefined) throw unknownReplay(replay.id);
    ({ replay } = step);
    if (step.dueIn) await pause(Math.min(Math.max(step.dueIn, waits.least), waits.most), undefined, { signal }).catch(() => undefined);
    if (!terminal.errIsWatched || performance.now() - toldAt < tellEvery) continue;
    terminal.err(progressText(replay));
    toldAt = performance.now();
  }
  return replay;
}
