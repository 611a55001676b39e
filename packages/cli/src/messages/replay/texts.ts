import type { By, Replay, ReplayedMark } from '@waybill/contract';
import type { ActOptions } from '../../desk/confirm.ts';
import { counted } from '../../desk/table.ts';
import { errors } from '../../errors.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { json, type Terminal } from '../../terminal.ts';
import { rateText } from './rate.ts';

/** `2 times, last by anna in replay 17`. */
export function markText({ times, by, replay }: ReplayedMark): string {
  return `${counted(times, 'time')}, last by ${by.who}${replay === undefined ? '' : ` in replay ${replay}`}`;
}

/** Where it goes, and how fast: for plans. */
export function mannerText({ to, rate }: Pick<Replay, 'to' | 'rate'>): string {
  return `${to === undefined ? '' : ` to ${to}`}${rate === undefined ? '' : `, at most ${rateText(rate)}`}`;
}

export function progressText({ chosen, replayed, skipped, state }: Replay): string {
  if (state === 'choosing') return `${counted(chosen, 'message')} chosen so far.`;
  return `${replayed} of ${counted(chosen, 'message')} replayed${skipped > 0 ? `, ${skipped} left alone` : ''}.`;
}

/** Says what became of it, to whoever worked on it. */
export function tellEnd(replay: Replay, by: By, options: ActOptions, terminal: Terminal): ExitCode {
  const { state, chosen, replayed } = replay;
  if (options.json) terminal.out(json({ did: 'replay', by, planned: chosen, changed: replayed, replay }));
  else terminal.out(endText(replay));
  return state === 'done' && replayed === chosen ? exitCode.done : exitCode.failed;
}

function endText(replay: Replay): string {
  const { id, state, replayed, skipped, cancelledBy, chosen } = replay;
  if (state === 'cancelled')
    return `Replay ${id} was cancelled by ${nameOf(cancelledBy)}: ${progressText(replay)}\n\`waybill messages replay --resume ${id}\` goes on with the other ${chosen - replayed - skipped}.`;
  const due = replayed > 0 ? ' They are due: a running kernel takes them within a second, else the next one that starts.' : '';
  const left =
    skipped > 0 ? `\n${counted(skipped, 'message')} left alone: somebody else has changed them, or the entry has them already.` : '';
  return `${counted(replayed, 'message')} replayed in replay ${id}.${due}${left}`;
}

/** The error for a replay that the journal does not have. */
export function unknownReplay(id: number): Error {
  return errors.WB_CLI_UNKNOWN_REPLAY(`The journal has no replay ${id}.`);
}

function nameOf(by: By | undefined): string {
  return by?.who ?? 'somebody';
}
