import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SalvagedJournal } from '@waybill/contract';
import { type ActOptions, byOf, confirmed } from '../desk/confirm.ts';
import { loadJournal } from '../desk/open-desk.ts';
import { counted } from '../desk/table.ts';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { json, type Terminal } from '../terminal.ts';
import { namesText } from './names.ts';

export interface SalvageJournalOptions extends ActOptions {
  /** The new journal. */
  readonly into: string;
}

/** `waybill journal salvage`: makes a new journal of what can be read of a damaged one, which is not changed. */
export async function salvage(manifest: string | undefined, options: SalvageJournalOptions, terminal: Terminal): Promise<ExitCode> {
  const into = resolve(options.into);
  if (existsSync(into))
    throw errors.WB_CLI_NO_FILE(`The file ${into} is there already.`, { hint: 'Name a file that does not exist: nothing is overwritten.' });
  const by = byOf(options);
  const { journal, settings, context } = await loadJournal(manifest, false);
  if (!journal.salvage) throw errors.WB_CLI_NO_CHECK(`The journal ${context.name} has no salvage.`);
  const plan = `Take what can be read of the journal over into ${into}; the old one stays as it is.`;
  if (!(await confirmed(plan, by, options, terminal))) return exitCode.failed;
  const salvaged = await journal.salvage(settings, context, { into, by });
  terminal.out(options.json ? json({ ok: salvaged.lost.length === 0, ...salvaged }) : salvagedText(salvaged));
  return exitCode.done;
}

function salvagedText({ into, whole, doubtful, lost }: SalvagedJournal): string {
  const parts = [`${into} has ${counted(whole, 'message')} as ${whole === 1 ? 'it was' : 'they were'}.`];
  if (doubtful.length > 0)
    parts.push(
      `${counted(doubtful.length, 'message')} ${doubtful.length === 1 ? 'is' : 'are'} parked, because not everything is what was written, or is there:\n${namesText(doubtful)}`,
    );
  if (lost.length > 0) parts.push(`Not taken over:\n${lost.map((text) => `  - ${text}`).join('\n')}`);
  return [
    ...parts,
    '  hint  Let the path of the journal in the manifest name the new file, look at what is parked, and start the kernel.',
  ].join('\n\n');
}
