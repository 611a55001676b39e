import { defineErrors } from '@waybill/contract';

/** What can be wrong with a manifest and with the plugins that it names. */
export const errors = defineErrors({
  WB_MANIFEST_INVALID: {
    means: 'The manifest has problems, so nothing was started. Each problem has a code of its own.',
    remedy: 'Correct the problems that are listed with it; `waybill check` lists them without starting anything.',
  },
  WB_MANIFEST_UNREADABLE: {
    means: 'The manifest cannot be read: it is missing, too large, not UTF-8, or its name does not end in .json, .jsonc, .yaml or .yml.',
    remedy: 'Check the path and the permissions of the file.',
  },
  WB_MANIFEST_SYNTAX: {
    means: 'The manifest is not well-formed JSON (comments and trailing commas are allowed) or YAML 1.2.',
    remedy: 'Correct the text at the line and column that are given.',
  },
  WB_MANIFEST_DUPLICATE_KEY: {
    means: 'A key stands twice in the same object, so one of its values would be ignored.',
    remedy: 'Remove or rename one of them.',
  },
  WB_MANIFEST_UNKNOWN_KEY: {
    means: 'Neither Waybill nor the plugin concerned has a setting of this name.',
    remedy: 'Correct the spelling or remove the key; `waybill docs` lists the settings of every plugin.',
  },
  WB_MANIFEST_MISSING_KEY: {
    means: 'A setting that has no default is missing.',
    remedy: 'Add it; `waybill docs` says what it is for.',
  },
  WB_MANIFEST_WRONG_TYPE: {
    means: 'A value is of another kind than the setting takes, such as a text where a number belongs.',
    remedy: 'Write the value as the problem says.',
  },
  WB_MANIFEST_BAD_VALUE: {
    means: 'A value is of the right kind, but not one that the setting takes: out of range, without a unit, or not among the choices.',
    remedy: 'Write one of the values that the problem names.',
  },
  WB_MANIFEST_CONFLICT: {
    means: 'Two settings that stand side by side contradict each other.',
    remedy: 'Change or remove one of the two.',
  },
  WB_MANIFEST_LITERAL_SECRET: {
    means: 'A secret is written in the manifest itself, where everybody who can read the file sees it.',
    remedy: 'Write ${env:NAME} or ${file:path} instead, and change the secret if the file was shared.',
  },
  WB_MANIFEST_BAD_PLACEHOLDER: {
    means: 'A text holds "${" but not a placeholder that Waybill knows.',
    remedy: 'Write ${env:NAME} or ${file:path}; write $${ where the text itself has to hold ${.',
  },
  WB_MANIFEST_MISSING_VARIABLE: {
    means: 'The manifest takes a value from an environment variable that is not set.',
    remedy: 'Set the variable for the process that runs Waybill.',
  },
  WB_MANIFEST_MISSING_FILE: {
    means: 'The manifest takes a value from a file that cannot be read.',
    remedy: 'Create the file or correct the path; it is relative to the folder of the manifest.',
  },
  WB_MANIFEST_NO_APP: {
    means: 'The module that "app" names does not exist.',
    remedy: 'Correct the path, which is relative to the folder of the manifest, or build the application first.',
  },
  WB_MANIFEST_UNKNOWN_TRANSPORT: {
    means: 'A connection names a transport that none of the plugins provides.',
    remedy: 'Correct the name, or add the package of the transport to "plugins".',
  },
  WB_MANIFEST_UNKNOWN_JOURNAL: {
    means: 'The manifest uses a journal that none of the plugins provides.',
    remedy: 'Correct the name, or add the package of the journal to "plugins".',
  },
  WB_MANIFEST_UNKNOWN_CONNECTION: {
    means: 'An entry names a connection that "connections" does not have.',
    remedy: 'Correct the name or add the connection.',
  },
  WB_MANIFEST_UNKNOWN_OUTBOUND: {
    means: 'A route names a destination that "outbound" does not have.',
    remedy: 'Correct the name or add the outbound entry.',
  },
  WB_MANIFEST_UNKNOWN_MESSAGE: {
    means: 'None of the message packs in "plugins" knows the message, or not in this version.',
    remedy: 'Correct the name or the version, or add the package of the message pack to "plugins".',
  },
  WB_MANIFEST_UNKNOWN_PACK: {
    means: 'An inbound entry sets options for a message pack that none of the plugins provides.',
    remedy: 'Correct the name, or add the package of the message pack to "plugins".',
  },
  WB_MANIFEST_UNKNOWN_EVENT: {
    means: 'No message of the loaded packs tells of the event.',
    remedy: 'Correct the name, or add the package of the message pack to "plugins".',
  },
  WB_PLUGIN_NOT_INSTALLED: {
    means: 'A package or folder that "plugins" names cannot be found from the folder of the manifest.',
    remedy: 'Install the package there, or correct its name.',
  },
  WB_PLUGIN_BAD_CARD: {
    means: 'The card (waybill.plugin.json) of a plugin is missing or is not as it has to be.',
    remedy: 'Install the plugin again; its author generates the card with `waybill cards`.',
  },
  WB_PLUGIN_OTHER_CONTRACT: {
    means: 'A plugin was written for another version of the contract between the kernel and its plugins.',
    remedy: 'Install a version of the plugin, or of the kernel, so that both speak the same contract.',
  },
  WB_PLUGIN_NO_MAIN: {
    means: 'A plugin has a card, but the module with its code does not exist.',
    remedy: 'Install or build the plugin again.',
  },
  WB_PLUGIN_TWICE: {
    means: 'Two plugins claim the same name, or the same message type, so nobody can tell which of them is meant.',
    remedy: 'Remove one of the two from "plugins".',
  },
  WB_MESSAGE_FILE_UNREADABLE: {
    means: 'A message file that "plugins" names cannot be read: it is missing, too large or not UTF-8.',
    remedy: 'Check the path, which is relative to the folder of the manifest, and the permissions of the file.',
  },
  WB_MESSAGE_FILE_SYNTAX: {
    means: 'A message file is not well-formed YAML 1.2, or a key stands twice in it.',
    remedy: 'Correct the text at the line and column that are given.',
  },
  WB_MESSAGE_FILE_INCOMPLETE: {
    means: 'A message file does not say which messages it declares: a name, a version, or what the message stands for is missing.',
    remedy: 'Give each item of "messages" the keys message, version, and command or event.',
  },
  WB_ENDPOINT_CANNOT_RECEIVE: {
    means: 'An inbound entry uses a connection whose transport does not receive.',
    remedy: 'Use a connection whose transport receives, or remove the entry.',
  },
  WB_ENDPOINT_CANNOT_SEND: {
    means: 'An outbound entry uses a connection whose transport does not send.',
    remedy: 'Use a connection whose transport sends, or remove the entry.',
  },
  WB_ENDPOINT_TAKEN: {
    means: 'Two entries want the same thing of one connection, such as a path, and its transport gives it to one entry only.',
    remedy: 'Change one of the two, or set "enabled": false in the one that is not needed.',
  },
  WB_ENDPOINT_NEEDS_SETTING: {
    means: 'An entry uses a connection that lacks a setting which its transport needs for such entries.',
    remedy: 'Add the setting to the connection, or use a connection that has it.',
  },
  WB_CONNECTION_TAKEN: {
    means: 'Two connections want the same thing for themselves, such as a port.',
    remedy: 'Change one of the two, or let their entries share one connection.',
  },
  WB_ENDPOINT_NO_ORDER: {
    means: 'A warning: an inbound entry wants an order, and its transport cannot tell in which order the messages were sent.',
    remedy:
      'Nothing, where senders wait for each answer: messages are worked on in the order in which they arrive. Else use a transport that keeps the order.',
  },
  WB_ENDPOINT_MAY_LOSE: {
    means: 'A warning: an inbound entry answers after the handler, and what is in hand when the process ends is not handed out again.',
    remedy: 'Write "accept": "stored" into the entry, or use a transport that hands such messages out again.',
  },
  WB_ENDPOINT_MAY_REPEAT: {
    means: 'A warning: an outbound entry sends again what may have arrived, and its far side does not recognise duplicates.',
    remedy: 'Write "unknown": "park" into the entry, unless a second copy does no harm there.',
  },
  WB_ENDPOINT_CANNOT_ASK: {
    means: 'A route sends a message that waits for a reply to an entry whose transport does not bring replies back.',
    remedy: 'Send the message to an outbound entry whose transport supports request and reply.',
  },
  WB_ROUTE_WRONG_DIRECTION: {
    means: 'A message is used against its direction: an inbound message in a route, or an outbound one in an inbound entry.',
    remedy: 'Name a message of the other direction.',
  },
  WB_ROUTE_OTHER_EVENT: {
    means: 'The message of a route does not tell of the event of the route.',
    remedy: 'Name a message that tells of the event, or the event that the message tells of.',
  },
  WB_ROUTE_AMBIGUOUS_MESSAGE: {
    means: 'The message of a route exists in several versions, and the route does not say which one to send.',
    remedy: 'Write the version behind the name, as in Name@1.0.',
  },
  WB_ROUTE_SEVERAL_ANSWERS: {
    means: 'A message that waits for one reply would go to several destinations.',
    remedy: 'Leave one destination.',
  },
  WB_ROUTE_DUPLICATE: {
    means: 'Two routes send the same message for the same event and store to the same destination, which would get it twice.',
    remedy: 'Remove one of the two, or give them different stores, priorities or values of "when".',
  },
});

export type ManifestErrorCode = keyof typeof errors;
