import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { errors } from '../errors.ts';

/** How often each effect was there: by the line that tells of it. */
export type Effects = ReadonlyMap<string, number>;

export interface EffectsCommand {
  /** As a shell has it. It prints a line for each effect that there is. */
  readonly command: string;
  /** Where it runs. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Asks the application for its effects. Throws `WB_CLI_NO_EFFECTS`. */
export async function readEffects({ command, folder, env }: EffectsCommand): Promise<Effects> {
  const child = spawn(command, { shell: true, cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  if (code !== 0) throw errors.WB_CLI_NO_EFFECTS(`"${command}" ended with ${code}: ${err.trim() || 'it said nothing'}`);
  const lines = out.split('\n').map((line) => line.trim());
  return counted(lines.filter((line) => line !== ''));
}

export function counted(lines: readonly string[]): Effects {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** What has come in addition. The id of the message stands as `MESSAGE`, since each run has another one. */
export function added(before: Effects, after: Effects, messageId: string): Effects {
  const more = new Map<string, number>();
  for (const [line, times] of after) {
    const extra = times - (before.get(line) ?? 0);
    const name = line.replaceAll(messageId, 'MESSAGE');
    if (extra > 0) more.set(name, (more.get(name) ?? 0) + extra);
  }
  return more;
}

/** `once`: as often as without a crash. */
export type EffectVerdict = 'once' | 'doubled' | 'lost';

/** What became of an effect, beside how often it is there without a crash. What is there only after the crash is too much, too. */
export function verdictOn(times: number, wanted: number): EffectVerdict {
  return times === wanted ? 'once' : times > wanted ? 'doubled' : 'lost';
}
