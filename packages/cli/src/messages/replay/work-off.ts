import { setTimeout as pause } from 'node:timers/promises';
import type { By, Replay } from '@waybill/contract';
import { advanceReplay, isOpenReplay } from '@waybill/contract/host';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { Terminal } from '../../terminal.ts';
import { progressText, unknownReplay } from './texts.ts';

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
  return advanceWhile(open, replay, work, isOpenReplay);
}

async function advanceWhile({ replays }: OpenDesk, begun: Replay, work: Work, goesOn: (replay: Replay) => boolean): Promise<Replay> {
  const { by, signal, terminal } = work;
  let toldAt = performance.now();
  const told = (replay: Replay): void => {
    if (!terminal.errIsWatched || performance.now() - toldAt < tellEvery) return;
    terminal.err(progressText(replay));
    toldAt = performance.now();
  };
  const replay = await advanceReplay(replays, begun, { by, signal, sleep, goesOn, told });
  if (replay) return replay;
  throw unknownReplay(begun.id);
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}
