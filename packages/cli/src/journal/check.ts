import { type CheckedJournal, isWaybillError, type JournalFault } from '@waybill/contract';
import { loadJournal } from '../desk/open-desk.ts';
import { counted } from '../desk/table.ts';
import { errorReport, errorText } from '../error-text.ts';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { json, type Terminal } from '../terminal.ts';
import { namesText } from './names.ts';

/** `waybill journal check`: whether everything in the journal of a manifest is what was written. Changes nothing. */
export async function checkJournal(
  manifest: string | undefined,
  { json: asJson = false }: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  let checked: CheckedJournal;
  try {
    checked = await check(manifest);
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    if (asJson) terminal.out(json({ error: errorReport(error) }));
    else terminal.err(errorText(error, terminal.loud));
    return exitCode.usage;
  }
  const ok = checked.faults.length === 0;
  terminal.out(asJson ? json({ ok, ...checked }) : checkedText(checked));
  return ok ? exitCode.done : exitCode.failed;
}

async function check(manifest: string | undefined): Promise<CheckedJournal> {
  const { journal, settings, context } = await loadJournal(manifest, false);
  if (!journal.check) throw errors.WB_CLI_NO_CHECK(`The journal ${context.name} has no check.`);
  return journal.check(settings, context);
}

function checkedText({ place, messages, faults }: CheckedJournal): string {
  if (faults.length === 0) return `${place} is in order: ${counted(messages, 'message')}, and everything is what was written.`;
  const lines = faults.map(faultText).join('\n');
  const hint = [
    '  hint  Stop the kernels that use it, take what can be read over with waybill journal salvage --into FILE, and let the',
    '        manifest name that file. Messages that are not handed out until then are parked there, or named as lost.',
  ].join('\n');
  return `${place} is damaged:\n\n${lines}\n\n${hint}`;
}

function faultText({ what, messages, count }: JournalFault): string {
  return `  - ${what}${messages.length === 0 ? '' : `\n${namesText(messages, count)}`}`;
}
