import { CommandError, defineErrors, WaybillError } from '@waybill/contract';

/** An error in what was asked for on the command line. It ends the program with the exit code for usage. */
export class UsageError extends WaybillError {}

const usageErrors = defineErrors(
  {
    WB_CLI_NO_MANIFEST: {
      means: 'No manifest was named, and the working folder holds none, or more than one.',
      remedy:
        'Name its file: after the command, or by --manifest where messages or entries are meant. Without a name, waybill.json, .jsonc, .yaml or .yml of the working folder is taken.',
    },
    WB_CLI_NO_FILE: {
      means: 'A file that was named on the command line cannot be read or written.',
      remedy: 'Check the path; it is relative to the working folder. A single - means standard input.',
    },
    WB_CLI_NO_PLUGIN: {
      means: 'A plugin was named that is not installed, or a folder that is no plugin.',
      remedy: 'Install the package, or name a folder that starts with ./ and holds a waybill.plugin.json.',
    },
    WB_CLI_BAD_OPTION: {
      means: 'An option of a message pack, or an encoding, does not exist or has a value that it does not take.',
      remedy: 'Write --option NAME=VALUE with an option that `waybill docs` lists for the pack.',
    },
    WB_CLI_NO_PACKS: {
      means: 'None of the plugins that were chosen is a message pack.',
      remedy: 'Name one with --plugin, name a manifest with --manifest, or install one beside the working folder.',
    },
    WB_CLI_UNKNOWN_MESSAGE: {
      means: 'No loaded message pack has a message of that name and version.',
      remedy: 'List the known messages with `waybill docs`.',
    },
    WB_CLI_CANNOT_COMPOSE: {
      means: 'The message pack does not compose this message, or not from the data that was given.',
      remedy: 'Name a message that goes out; for a reply, name the message that it answers with --answering.',
    },
    WB_CLI_BAD_FILTER: {
      means:
        'What was said about which messages are meant makes no sense: a time, a state, a number, a business key, or filters that exclude each other.',
      remedy: 'See `waybill messages list --help` for what each filter takes.',
    },
    WB_CLI_NOTHING_CHOSEN: {
      means: 'A command that changes messages was given neither ids nor a filter.',
      remedy: 'Name ids, or filters such as --entry and --code; --all means every message that the command can change.',
    },
    WB_CLI_UNKNOWN_ID: {
      means: 'The journal has no message of this id in the place that was named.',
      remedy:
        'Look for it with `waybill messages find NAME=VALUE` or `waybill messages list`. What is done is forgotten after `journal.keep`.',
    },
    WB_CLI_UNKNOWN_REPLAY: {
      means:
        'The journal has no replay of this number, or has forgotten it: it ended, or nobody has worked on it, longer ago than `journal.keep`.',
      remedy: 'List replays with `waybill messages replays`. What is left of a forgotten one is still parked: begin another replay.',
    },
    WB_CLI_AMBIGUOUS_ID: {
      means: 'The journal has several messages of this id, at different entries.',
      remedy: 'Say which one with --in, --out or --entry.',
    },
    WB_CLI_UNKNOWN_ENTRY: {
      means: 'The manifest has no entry of that name, or has it in both directions.',
      remedy: 'Name an entry of the manifest; --in or --out says in which direction.',
    },
    WB_CLI_NOT_CONFIRMED: {
      means: 'Something was to be changed, and there is no terminal on which a person could be asked.',
      remedy: 'Read what would be done; with --yes it is done without asking.',
    },
    WB_CLI_NO_NAME: {
      means: 'What people do is recorded with their name, and the operating system has none for this user.',
      remedy: 'Say who you are with --by NAME.',
    },
    WB_CLI_HIDDEN: {
      means: 'A body is shown as it is or not at all, and it may hold what is secret or tells of a person.',
      remedy:
        'Add --reveal; the journal records who has seen it. Without it, `waybill messages show` shows what the message means, masked.',
    },
    WB_CLI_NO_CATCHER: {
      means: 'The mail catcher, which is a package of its own, is not installed for the working folder, or does not fit this program.',
      remedy: 'npm install --save-dev @waybill/mail-catcher (in the folder of the manifest).',
    },
    WB_CLI_NO_BUYER: {
      means: 'The buyer simulator, which is a package of its own, is not installed for the working folder, or does not fit this program.',
      remedy: 'npm install --save-dev @waybill/buyer-simulator (in the folder of the manifest).',
    },
    WB_CLI_NO_SAMPLE: {
      means: 'The pack of a message makes no samples of it.',
      remedy: 'Take a message that was sent, or give the message type of the pack a `sample`.',
    },
    WB_CLI_NO_GRAMMAR: {
      means: 'The pack of a message does not tell what the message is in the formal language of its format.',
      remedy: 'Look at its fields: `waybill explain MESSAGE`.',
    },
    WB_CLI_NO_SAMPLES: {
      means: 'There is no message with which the handlers of an entry could be tried.',
      remedy: 'Name files with messages: --message FILE, once for each.',
    },
    WB_CLI_BAD_DATA: {
      means: 'The data for a message is not JSON, or does not have the shape that its event, or its command, gives it.',
      remedy: 'Correct the file at the named place.',
    },
  },
  UsageError,
);

const deskErrors = defineErrors({
  WB_CLI_NO_DESK: {
    means: 'The journal of the manifest cannot be opened beside the process that keeps it.',
    remedy: 'Use `kernel.desk` inside the application, or a journal that keeps a file, such as sqlite.',
  },
  WB_CLI_NO_CHECK: {
    means: 'The journal of the manifest has no check, or no salvage, of its own.',
    remedy: 'Use what its database has for that; docs/operating.md says which journals have a check.',
  },
  WB_CLI_WRONG_STATE: {
    means: 'A message or an entry is in a state to which the command cannot be applied. Nothing was changed.',
    remedy: 'Only what is parked is replayed, edited or dropped; what is stored, parked or not sent is moved; what is paused is resumed.',
  },
  WB_CLI_NO_BODY: {
    means: 'The journal does not have the bytes that were asked for.',
    remedy: 'Bodies of what is done are kept where the entry says `archive`; only an edited message has an original.',
  },
  WB_CLI_NO_EDITOR: {
    means: 'The editor did not end well, or there is none.',
    remedy: 'Set EDITOR to a program that edits a file and waits, or give the new body with --body FILE. Nothing was changed.',
  },
});

const crashtestErrors = defineErrors({
  WB_CLI_CRASHTEST_FAILED: {
    means: 'A message could not be tried with crashes: it is not done without one, or the process with the application does not start.',
    remedy: 'See to it that `waybill run` handles the message, then try again.',
  },
  WB_CLI_CRASHTEST_ASKS: {
    means: 'A handler asked a far side for an answer during a crash test, in which nothing leaves the process.',
    remedy: 'Try messages whose handlers do not use `request`.',
  },
  WB_CLI_NO_EFFECTS: {
    means: 'The command that tells the effects of the application did not end well.',
    remedy: 'Run it by itself. It prints a line for each effect that there is, and nothing while there is none.',
  },
});

const simulateErrors = defineErrors({
  WB_CLI_NO_FAR_SIDE: {
    means:
      'The other side of an entry cannot be played: its transport is not known from that side, or its address is not one of this machine.',
    remedy: 'Let the manifest name an address of this machine, or name the connections that are played with --only.',
  },
});

const simulatedErrors = defineErrors(
  {
    WB_CLI_SIMULATED: {
      means: 'What `waybill simulate` plays has refused a message, or has not answered it, because it was told to.',
      remedy: 'Nothing is to be done: --errors and --unanswered say how often it happens.',
    },
  },
  CommandError,
);

const cardErrors = defineErrors({
  WB_CLI_STALE_CARD: {
    means: 'The card of a plugin is not what its code says.',
    remedy: 'Write it again with `waybill cards --write FOLDER`.',
  },
});

/** The error codes of the program itself. */
export const errors = Object.freeze({
  ...usageErrors,
  ...deskErrors,
  ...crashtestErrors,
  ...simulateErrors,
  ...simulatedErrors,
  ...cardErrors,
});
