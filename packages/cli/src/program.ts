import { isWaybillError } from '@waybill/contract';
import { Command, CommanderError } from 'commander';
import { addCommand } from './add-command.ts';
import { addDeskCommands } from './desk/commands.ts';
import { errorReport, errorText } from './error-text.ts';
import { codeOfError, type ExitCode, exitCode } from './exit-code.ts';
import { addJournalCommands } from './journal/commands.ts';
import { addMailCommands } from './mail/commands.ts';
import { addSimulateCommand } from './simulate/command.ts';
import { json, type Terminal } from './terminal.ts';

const exitCodes = `
Exit codes:
  0  done, and nothing is wrong
  1  tried, and failed: the manifest has problems, a connection does not answer, a message cannot be read
  2  the command line makes no sense: unknown command, option, plugin or message, missing argument or file`;

/** Runs one command line. Always resolves, with the exit code; what went wrong has been written to the terminal. */
export async function runProgram(args: readonly string[], version: string, terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCode.done;
  const program = commands(
    version,
    (result) => {
      code = result;
    },
    terminal,
  );
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
    if (args.includes('--json') && isWaybillError(error)) terminal.out(json({ error: errorReport(error) }));
    else terminal.err(errorText(error, terminal.loud));
    return codeOfError(error);
  }
}

/** The commands, each of which loads its code when it is called: most of what one needs, the others do not. */
function commands(version: string, done: (code: ExitCode) => void, terminal: Terminal): Command {
  const program = new Command('waybill')
    .description('Checks and runs Waybill manifests, and shows what is in a message.')
    .version(version)
    .addHelpText('after', exitCodes)
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.err(text.trimEnd()) })
    .exitOverride()
    .showHelpAfterError('  hint  waybill --help lists the commands.');
  const command = (text: string, description: string) => addCommand(program, text, description);

  command('check [manifest]', 'Check a manifest without running any plugin code.')
    .option('--connect', 'also open journal and connections, load the application and try the ports')
    .option('--strict', 'count warnings as errors')
    .option('--json', 'write the result as JSON')
    .action(async (manifest, options) => done(await (await import('./commands/check.ts')).check(manifest, options, terminal)));
  command('plan [manifest]', 'Show what a manifest would change, and which messages nobody would work on. Changes nothing.')
    .option('--against <file>', 'the manifest that runs today (default: the one that was started last)')
    .option('--connect', 'also see whether the far sides of its connections answer')
    .option('--json', 'write the result as JSON')
    .action(async (manifest, options) => done(await (await import('./plan/plan.ts')).plan(manifest, options, terminal)));
  command('run [manifest]', 'Run a manifest until SIGTERM or Ctrl-C; a second one ends at once. The log goes to standard error.')
    .option('--pretty', 'write lines for people, one for every step of a message (default: at a terminal)')
    .option('--no-pretty', 'write the log as JSON, one object a line (default: elsewhere)')
    .action(async (manifest, options) => done(await (await import('./commands/run.ts')).run(manifest, options, terminal)));
  withReading(
    withPlugins(
      command('decode <file>', 'Show which message a file is, and the command and input it stands for, as JSON. - reads standard input.'),
    ),
  )
    .option('--mask', 'hide what tells of a person, too; secrets are always hidden')
    .option('--json', 'write errors as JSON, too')
    .action(async (file, options) => done(await (await import('./commands/decode.ts')).decode(file, options, terminal)));
  withReading(withPlugins(command('encode <message> <data>', 'Compose the body of a message (NAME or NAME@VERSION) from JSON data.')))
    .option('--answering <file>', 'for a reply: the message that it answers')
    .option('--time <instant>', 'the time that the message speaks of, ISO 8601 (default: now)')
    .option('--store <store>', 'the store that the message belongs to')
    .option('--id <id>', 'the id of the message (default: made up)')
    .option('--out <file>', 'write the body to a file')
    .option('--json', 'write body, content type and message type as JSON')
    .action(async (message, data, options) => done(await (await import('./commands/encode.ts')).encode(message, data, options, terminal)));
  withPlugins(command('docs', 'Print what plugins promise and which settings they take, from their cards.'))
    .option('--json', 'write rows as JSON')
    .action(async (options) => done((await import('./commands/docs.ts')).docs(options, terminal)));
  withPlugins(command('explain <message>', 'Print what is in a message, field by field, and where each is in the command or event.'))
    .option('--json', 'write it as JSON')
    .action(async (message, options) => done(await (await import('./commands/explain.ts')).explain(message, options, terminal)));
  withPlugins(command('sample <message>', 'Print a valid message, made up.'))
    .option('--seed <number>', 'another message for each seed, and the same for the same (default: everything once, with plain texts)')
    .option('--out <file>', 'write it to a file')
    .action(async (message, options) => done(await (await import('./commands/sample.ts')).sample(message, options, terminal)));
  withPlugins(
    command('types [files...]', 'Draft a message file from a DTD, or from sample documents; notes tell what could not be carried over.'),
  )
    .option('--root <name>', 'the outermost element, where the DTD does not tell; the record, where a copybook has several')
    .option('--copybook', 'the file is a COBOL copybook: print its layout')
    .option('--out <file>', 'write the message file to a file')
    .option('--typescript <file>', 'write the TypeScript type of its command to a file, too')
    .option('--print-dtd <message>', 'print the DTD of a message of a pack instead')
    .action(async (files, options) => done(await (await import('./commands/drafts.ts')).drafts(files, options, terminal)));
  withPlugins(command('schema', 'Print a JSON Schema with which an editor completes and checks manifests for these plugins.'))
    .option('--out <file>', 'write it to a file')
    .option('--messages', 'print the schema for files that declare messages (*.message.yaml) instead')
    .action(async (options) => done(await (await import('./commands/schema.ts')).schema(options, terminal)));
  withPlugins(command('cards', 'List the plugins at hand.'))
    .option('--write <folder>', 'write the card of the plugin in this folder, from its code')
    .option('--fresh <folder>', 'fail when the card of the plugin in this folder is not what its code says')
    .option('--json', 'write whole cards as JSON')
    .action(async (options) => done(await (await import('./commands/cards.ts')).cards(options, terminal)));
  command(
    'crashtest [manifest]',
    'Try handlers under crashes: which of their effects are doubled or lost when the process ends around them.',
  )
    .option('--entry <name>', 'the inbound entry whose handlers are tried (default: the only one)')
    .option('--message <file>', 'a message to try them with; may be repeated (default: the samples of the packs)', collect)
    .option('--effects <command>', 'prints a line for each effect that the application had, such as an order in its database')
    .option('--awaits <number>', 'at how many of the awaits of a handler the process ends', '20')
    .option('--json', 'write the result as JSON')
    .action(async (manifest, options) => done(await (await import('./crashtest/crashtest.ts')).crashtest(manifest, options, terminal)));
  addSimulateCommand(program, done, terminal);
  addMailCommands(program, done, terminal);
  addJournalCommands(program, done, terminal);
  addDeskCommands(program, done, terminal);
  return program;
}

function withPlugins(command: Command): Command {
  return command
    .option('--plugin <name>', 'a plugin to use, a package or a folder that starts with ./; may be repeated', collect)
    .option('--manifest <file>', 'use the plugins of this manifest (default: of the one in the working folder, else all installed)');
}

function withReading(command: Command): Command {
  return command
    .option('--encoding <name>', 'the encoding of a message that does not tell it (default: utf-8)')
    .option('--option <name=value>', 'an option of a message pack, as an entry sets it; may be repeated', collect);
}

/** One value at a time: an option that takes several would take the arguments behind it, too. */
function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
