import type { Replay } from '@waybill/contract';
import { byOf, confirmed } from '../../desk/confirm.ts';
import { type OpenDesk, withDesk } from '../../desk/open-desk.ts';
import { errors } from '../../errors.ts';
import { type ExitCode, exitCode } from '../../exit-code.ts';
import { json, type Terminal } from '../../terminal.ts';
import { numberOf } from '../query.ts';
import { interruptible } from './interruptible.ts';
import type { ReplayOptions } from './options.ts';
import { mannerText, progressText, tellEnd, unknownReplay } from './texts.ts';
import { workOff } from './work-off.ts';

/** `--resume`: goes on with a replay that was cancelled, or whose program died; beside a program that works on it, helps it. One that is done stays so. */
export function resumeReplay(named: string, options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  const id = numbered(named, '--resume', options);
  const by = byOf(options);
  return withDesk(options, async (open) => {
    const replay = await replayNamed(open, id);
    if (replay.state === 'done') return tellEnd(replay, by, options, terminal);
    return interruptible(async (signal) => {
      if (!(await confirmed(planText(replay), by, options, terminal, signal))) return exitCode.failed;
      const resumed = (await open.replays.resume(id)) ?? replay;
      return tellEnd(await workOff(open, resumed, { by, signal, terminal }), by, options, terminal);
    });
  });
}

/** `--cancel`: asks nobody, since what is left can always go on. The program that works on it hears of it within half a second. */
export function cancelReplay(named: string, options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  const id = numbered(named, '--cancel', options);
  const by = byOf(options);
  return withDesk(options, async ({ replays }) => {
    const replay = await replays.cancel(id, by);
    if (replay === undefined) throw unknownReplay(id);
    if (replay.state === 'done')
      throw errors.WB_CLI_WRONG_STATE(`Replay ${id} is done: ${progressText(replay)}`, {
        hint: 'Only a replay that has not come to its end is cancelled. `waybill messages replays` lists all of them.',
      });
    if (options.json) terminal.out(json({ did: 'cancel', by, replay }));
    else terminal.out(`Cancelled. ${progressText(replay)} \`waybill messages replay --resume ${id}\` goes on.`);
    return exitCode.done;
  });
}

function numbered(named: string, option: string, { ids, rate, to, body }: ReplayOptions): number {
  if (ids.length > 0 || rate !== undefined || to !== undefined || body !== undefined)
    throw errors.WB_CLI_BAD_FILTER(`${option} names a replay, which has its messages, its rate and its entry already.`);
  return numberOf(named, option);
}

async function replayNamed({ replays }: OpenDesk, id: number): Promise<Replay> {
  const [found] = await replays.list({ before: id + 1, limit: 1 });
  if (found?.id === id) return found;
  throw unknownReplay(id);
}

function planText(replay: Replay): string {
  const { id, state, by, chosen, replayed, skipped } = replay;
  const left = state === 'choosing' ? '' : ` ${chosen - replayed - skipped} are left.`;
  return `Go on with replay ${id} of ${by.who}${mannerText(replay)}: ${progressText(replay)}${left}`;
}
