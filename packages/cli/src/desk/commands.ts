import { type Command, Option } from 'commander';
import { addCommand, addGroup } from '../add-command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/** The commands for those who look after messages. Each loads its code when it is called. */
export function addDeskCommands(program: Command, done: (code: ExitCode) => void, terminal: Terminal): void {
  const command = (text: string, description: string) => addCommand(program, text, description);
  command('status [manifest]', 'Show how the processes, entries and the journal of a manifest are, whether a kernel runs or not.')
    .option('--json', 'write the result as JSON')
    .action(async (manifest, options) => done(await (await import('../status/status.ts')).status(manifest, options, terminal)));
  for (const [name, description] of [
    ['pause', 'Receive, or send, nothing at an entry until it is resumed; also over restarts.'],
    ['resume', 'End the pause of an entry.'],
  ] as const)
    asking(withManifest(withPlace(command(`${name} <entry>`, description)))).action(async (entry, options) =>
      done(await (await import('../status/pause.ts'))[name](entry, options, terminal)),
    );
  const messages = addGroup(program, 'messages', 'Look after the messages of the journal, beside running kernels or without one.');
  addLooking(messages, done, terminal);
  addChanging(messages, done, terminal);
}

function addLooking(messages: Command, done: (code: ExitCode) => void, terminal: Terminal): void {
  const command = (text: string, description: string) => withManifest(addCommand(messages, text, description));
  const listing = (one: Command) =>
    withFilters(one)
      .option('--state <state>', 'waiting, stored, done, parked or failed')
      .option('--limit <count>', 'how many at most', '50')
      .option('--before <seq>', 'go on with a listing')
      .option('--json', 'write a JSON object a line');
  command('records', 'List what people did at the desk, to which messages, and why; the newest first.')
    .option('--limit <count>', 'how many at most', '50')
    .option('--before <seq>', 'go on with a listing')
    .option('--json', 'write a JSON object a line')
    .action(async (options) => done(await (await import('../messages/records.ts')).records(options, terminal)));
  command('replays', 'List replays and how far they are, the newest first.')
    .option('--limit <count>', 'how many at most', '50')
    .option('--before <replay>', 'go on with a listing')
    .option('--json', 'write a JSON object a line')
    .action(async (options) => done(await (await import('../messages/replay/list.ts')).replays(options, terminal)));
  listing(command('list', 'List messages, the newest first.'))
    .option('--key <name=value>', 'those with this business key')
    .option('--grouped', 'count what is parked, by entry, type and code')
    .action(async (options) => done(await (await import('../messages/list.ts')).list(options, terminal)));
  listing(command('find <name=value>', 'List messages by a business key, such as order=12007, in both directions.')).action(
    async (key, options) => done(await (await import('../messages/list.ts')).list({ ...options, key }, terminal)),
  );
  withPlace(command('show <id>', 'Show all that is known of a message. What is secret or tells of a person is masked.'))
    .option('--entry <entry>', 'the entry that has it')
    .option('--reveal', 'mask nothing; the journal records who has seen it')
    .option('--body', 'write its body as it is, and nothing else')
    .option('--original', 'write the body that came, of an edited message')
    .option('--reply', 'write the body of its reply')
    .option('--by <name>', 'who is recorded (default: the user of the operating system)')
    .option('--why <text>', 'why, for whoever asks later')
    .option('--json', 'write the result as JSON')
    .action(async (id, options) => done(await (await import('../messages/show.ts')).show(id, options, terminal)));
  withPlace(command('trace <id>', 'Show a message and all that it caused as a tree; ID is that of any of them, or of the trace.'))
    .option('--entry <entry>', 'the entry that has it')
    .option('--json', 'write the result as JSON')
    .action(async (id, options) => done(await (await import('../messages/trace.ts')).trace(id, options, terminal)));
}

function addChanging(messages: Command, done: (code: ExitCode) => void, terminal: Terminal): void {
  const command = (text: string, description: string) => asking(withManifest(addCommand(messages, text, description)));
  const choosing = (one: Command) =>
    withFilters(one).option('--key <name=value>', 'those with this business key').option('--all', 'every message that can be changed so');
  choosing(command('replay [ids...]', 'Make parked messages due again, in their old places in the order; all of a set, at a rate.'))
    .option('--rate <rate>', 'at most so many a second (50), a minute (90/m) or an hour (10/h)')
    .option('--to <entry>', 'move each to this entry of the same direction')
    .option('--body <file>', 'give the one message another body before; - reads standard input')
    .option('--dry-run', 'only show what would be replayed, and what happened already in earlier attempts')
    .addOption(
      new Option('--resume <replay>', 'go on with a replay that was cancelled, or whose program died').conflicts(['cancel', 'dryRun']),
    )
    .addOption(new Option('--cancel <replay>', 'end a replay, wherever it runs').conflicts('dryRun'))
    .action(async (ids, options) => done(await (await import('../messages/replay/replay.ts')).replay({ ...options, ids }, terminal)));
  choosing(command('drop [ids...]', 'Remove parked messages for good.')).action(async (ids, options) =>
    done(await (await import('../messages/change.ts')).drop({ ...options, ids }, terminal)),
  );
  choosing(command('move [ids...]', 'Give messages another entry of the same direction, as the newest there.'))
    .requiredOption('--to <entry>', 'the entry that gets them')
    .action(async (ids, options) => done(await (await import('../messages/change.ts')).move({ ...options, ids }, terminal)));
  withPlace(
    command('edit <id>', 'Give a parked message another body, in the editor that VISUAL or EDITOR names. The body that came is kept.'),
  )
    .option('--entry <entry>', 'the entry that has it')
    .option('--body <file>', 'take the new body from a file; - reads standard input')
    .action(async (id, options) => done(await (await import('../messages/edit.ts')).edit(id, options, terminal)));
}

function withManifest(command: Command): Command {
  return command.option('--manifest <file>', 'the manifest whose journal is meant (default: the one in the working folder)');
}

function withPlace(command: Command): Command {
  return command
    .addOption(new Option('--in', 'what comes in').conflicts('out'))
    .addOption(new Option('--out', 'what goes out').conflicts('in'));
}

function withFilters(command: Command): Command {
  return withPlace(command)
    .option('--entry <entry>', 'those of this entry')
    .option('--type <type>', 'those of this message type, NAME@VERSION')
    .option('--code <code>', 'those whose last failure has this code')
    .option('--store <store>', 'those of this store')
    .option('--trace <trace>', 'those of this trace')
    .option('--since <time>', 'recorded since then: how long ago (2h), or a time (2026-11-26T14:00Z)')
    .option('--until <time>', 'recorded before then');
}

function asking(command: Command): Command {
  return command
    .option('--yes', 'do it without asking')
    .option('--by <name>', 'who is recorded (default: the user of the operating system)')
    .option('--why <text>', 'why, for whoever asks later')
    .option('--json', 'write the result as JSON');
}
