import type { EntryCounts } from '@waybill/contract';
import type { ManifestChange } from '@waybill/manifest';
import { probedText } from '../commands/check.ts';
import { timeText } from '../desk/table.ts';
import { errorText } from '../error-text.ts';
import type { Terminal } from '../terminal.ts';
import type { Plan } from './made-plan.ts';

const marks = { added: '+', removed: '-', changed: '~' } as const;
const directions = { in: 'inbound', out: 'outbound' } as const;

/** The plan for somebody at a terminal: what is different, what is stranded, what was tried. */
export function planText(plan: Plan, terminal: Terminal): string {
  const { changes, journal, probed } = plan;
  const looked =
    journal !== 'not there' && 'error' in journal
      ? [`The journal cannot be looked into.\n${errorText(journal.error, terminal.loudResult)}`]
      : [];
  const listed = changes.length === 0 ? [] : [changes.map(changeText).join('\n')];
  const tried = probed ? [probedText(probed, terminal)] : [];
  return [title(plan), ...listed, ...looked, ...strandedText(plan), ...tried, 'Nothing has been changed.'].join('\n\n');
}

function title({ file, comparedWith, changes, journal }: Plan): string {
  if (comparedWith === 'nothing')
    return journal === 'not there'
      ? `${file} has not run yet: there is no journal.`
      : `${file} is compared with nothing: none of this name has run with this journal, and no manifest was named with --against.`;
  const with_ = nameOf(comparedWith);
  if ('problems' in comparedWith)
    return `${file} is compared with nothing: ${with_}, cannot be checked any more (${comparedWith.problems?.[0]?.message ?? ''}). Name one with --against.`;
  return changes.length === 0 ? `${file} is the same as ${with_}.` : `${file} compared with ${with_}:`;
}

function nameOf(comparedWith: Exclude<Plan['comparedWith'], 'nothing'>): string {
  return 'file' in comparedWith ? comparedWith.file : `the manifest that was started last, at ${timeText(comparedWith.started)}`;
}

function changeText({ change, part, name, settings }: ManifestChange): string {
  const head = `  ${marks[change]} ${[part, name].filter((text) => text !== '').join(' ')}`;
  const width = Math.max(0, ...settings.map(({ path }) => path.length));
  const lines = settings.map(({ path, before = 'not set', after = 'not set' }) => `      ${path.padEnd(width)}  ${before} → ${after}`);
  return [head, ...lines].join('\n');
}

/** A message keeps the entry that it was recorded for: under another name, or in another journal, nobody works on it. */
function strandedText({ stranded, keepsJournal }: Plan): readonly string[] {
  if (stranded.length === 0) return [];
  const lines = stranded.map(countsText);
  const hint = keepsJournal
    ? 'Leave the entry in the manifest until its messages are done, or move them: waybill messages move --help'
    : 'Let the old manifest run until they are done, or keep its journal.';
  const where = keepsJournal
    ? 'Messages of entries that the manifest does not have, on which nobody would work:'
    : 'Messages in the journal of the old manifest, on which nobody would work:';
  return [[where, ...lines, `  hint  ${hint}`].join('\n')];
}

function countsText({ direction, entry, waiting, parked }: EntryCounts): string {
  return `  ${directions[direction]} ${entry}: ${waiting} waiting, ${parked} parked`;
}
