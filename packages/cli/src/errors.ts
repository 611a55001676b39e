import { defineErrors, WaybillError } from '@waybill/contract';

/** An error in what was asked for on the command line. It ends the program with the exit code for usage. */
export class UsageError extends WaybillError {}

const usageErrors = defineErrors(
  {
    WB_CLI_NO_MANIFEST: {
      means: 'No manifest was named, and the working folder holds none, or more than one.',
      remedy: 'Name the manifest: waybill check PATH. Without a name, waybill.json, .jsonc, .yaml or .yml of the working folder is taken.',
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
    WB_CLI_BAD_DATA: {
      means: 'The data for a message is not JSON.',
      remedy: 'Correct the file at the named place.',
    },
  },
  UsageError,
);

const cardErrors = defineErrors({
  WB_CLI_STALE_CARD: {
    means: 'The card of a plugin is not what its code says.',
    remedy: 'Write it again with `waybill cards --write FOLDER`.',
  },
});

/** The error codes of the program itself. */
export const errors = Object.freeze({ ...usageErrors, ...cardErrors });
