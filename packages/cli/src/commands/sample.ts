import { typeName } from '@waybill/contract';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { writeBytes } from '../files.ts';
import { findMessage, loadPacks, type PluginChoice } from '../plugins/packs.ts';
import type { Terminal } from '../terminal.ts';

export interface SampleOptions extends PluginChoice {
  /** A whole number: each gives another message, and the same one the same. Default: one that has everything once, with plain texts. */
  readonly seed?: string;
  /** Where to write; default standard output. */
  readonly out?: string;
}

/** `waybill sample`: a valid message, made up. Throws `WB_CLI_NO_SAMPLE` where the pack makes none. */
export async function sample(name: string, { seed, out, ...choice }: SampleOptions, terminal: Terminal): Promise<ExitCode> {
  const { pack, type } = findMessage(await loadPacks(choice), name);
  if (type.sample === undefined) throw errors.WB_CLI_NO_SAMPLE(`The pack ${pack.name} makes no samples of ${typeName(type)}.`);
  const body = type.sample(seed === undefined ? undefined : seedOf(seed));
  if (out === undefined) terminal.bytes(Buffer.from(body));
  else writeBytes(out, body);
  return exitCode.done;
}

/** Throws `WB_CLI_BAD_OPTION` for what is no whole number. */
export function seedOf(given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw errors.WB_CLI_BAD_OPTION(`"${given}" is not a seed.`, { at: '--seed', hint: 'Write a whole number of at most nine digits.' });
}
