import type { Command } from 'commander';
import { addCommand, addGroup } from '../add-command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/** The commands for a journal whose file may be damaged. */
export function addJournalCommands(program: Command, done: (code: ExitCode) => void, terminal: Terminal): void {
  const journal = addGroup(program, 'journal', 'See whether the file of a journal is damaged, and take over what can be read of it.');
  addCommand(
    journal,
    'check [manifest]',
    'See whether everything in the journal is what was written. Changes nothing, also beside running kernels.',
  )
    .option('--json', 'write the result as JSON')
    .addHelpText('after', '\nExit codes: 0 nothing is wrong, 1 the journal is damaged, 2 it cannot be read.')
    .action(async (manifest, options) => done(await (await import('./check.ts')).checkJournal(manifest, options, terminal)));
  addCommand(
    journal,
    'salvage [manifest]',
    'Take all that can be read of a damaged journal over into a new one. The old one is not changed.',
  )
    .requiredOption('--into <file>', 'the new journal; it may not exist yet')
    .option('--yes', 'do it without asking')
    .option('--by <name>', 'who is recorded (default: the user of the operating system)')
    .option('--why <text>', 'why, for whoever asks later')
    .option('--json', 'write the result as JSON')
    .action(async (manifest, options) => done(await (await import('./salvage.ts')).salvage(manifest, options, terminal)));
}
