import { defineErrors, MessageError } from '@waybill/contract';

/** What can be wrong with a message file. Each becomes a problem with its place; nothing of it is thrown. */
export const fileErrors = defineErrors({
  WB_MESSAGE_FILE_NOTATION: {
    means: 'Something in a message file is not of the notation: an unknown key, a value of another kind, a name that cannot be one.',
    remedy: 'Write it as the problem says; the README of @waybill/message-files shows every form.',
  },
  WB_MESSAGE_FILE_UNQUOTED: {
    means:
      'A number, yes-or-no value or nothing stands in a message file where a text is meant. YAML may have changed it: 0123 becomes 123.',
    remedy: 'Put the text in quotes.',
  },
  WB_MESSAGE_FILE_UNKNOWN_TYPE: {
    means: 'A message file names a type of text that there is not, or gives it facets that it does not take.',
    remedy: 'Write one of the types that the README of @waybill/message-files lists.',
  },
  WB_MESSAGE_FILE_BAD_PATTERN: {
    means: 'The pattern of a type is not written as patterns are, or asks for what they do not have: it would not be safe to read with.',
    remedy: 'Write characters, classes, groups, alternatives and repetitions, for the whole text and without ^ and $.',
  },
  WB_MESSAGE_FILE_UNKNOWN_COMMAND: {
    means: 'A message file names a command that neither a plugin, nor the application, nor the file itself declares.',
    remedy: 'Correct the name, or declare the command under "commands" of the file.',
  },
  WB_MESSAGE_FILE_UNKNOWN_EVENT: {
    means: 'A message file names an event that neither a plugin nor the file itself declares.',
    remedy: 'Correct the name, or declare the event under "events" of the file.',
  },
  WB_MESSAGE_FILE_UNHANDLED: {
    means: 'A message file declares a message whose command nobody handles.',
    remedy: 'Add a handler to the application, or take the message out of the file.',
  },
  WB_MESSAGE_FILE_UNKNOWN_FIELD: {
    means: 'A message file maps a text to a field that the command or event does not have.',
    remedy: 'Correct the path; it counts from the object that the node stands in.',
  },
  WB_MESSAGE_FILE_WRONG_TYPE: {
    means: 'The text of a node is not what its field takes.',
    remedy: 'Give the node a type that the field takes.',
  },
  WB_MESSAGE_FILE_MISSING_FIELD: {
    means: 'The command needs a field that the message does not fill on every way through it.',
    remedy: 'Map a node that is always there to the field, or set it with "set".',
  },
  WB_MESSAGE_FILE_FILLED_TWICE: {
    means: 'Two nodes that can both be there fill one field, so that one of them would be lost.',
    remedy: 'Map one of them to another field, or make them branches of "one of".',
  },
  WB_MESSAGE_FILE_NO_PLACE: {
    means: 'An event may have a field that its message has no place for; such an event could not be written.',
    remedy: 'Map a node to the field, or name the field under "leaves out".',
  },
  WB_MESSAGE_FILE_MAY_NOT_FIT: {
    means: 'A warning: an event may hold what its message cannot write. Such a message is parked when it comes.',
    remedy: 'Widen the type of the node, or see to it that the application publishes nothing of the kind.',
  },
  WB_MESSAGE_FILE_AMBIGUOUS: {
    means: 'Reading cannot decide: after one node, the next could be either of two, or two messages begin alike.',
    remedy: 'Make what follows an optional or repeated node begin differently.',
  },
  WB_MESSAGE_FILE_CONDITIONS: {
    means: 'The conditions that choose the command do not exclude each other, or leave a case over.',
    remedy: 'Let each condition name another text of one field, and leave the last one without a condition.',
  },
});

/** What can be wrong with a message of a message file while messages move. */
export const messageErrors = defineErrors(
  {
    WB_MESSAGE_FILE_UNKNOWN_VERSION: {
      means: 'The root element is known, but not in the version that the document says it has, or it says none.',
      remedy: 'Have the sender write one of the versions that the error lists, or declare the version in the message file.',
      kind: 'unknown',
    },
    WB_MESSAGE_FILE_UNKNOWN_MESSAGE: {
      means: 'A message file was asked for a message type that it does not declare.',
      remedy: 'Use one of the names and versions in the file.',
      kind: 'unknown',
    },
    WB_MESSAGE_FILE_BAD_DATA: {
      means:
        'The data given to compose a message does not have the shape of its event, command or reply, or contradicts what the message says by its kind.',
      remedy: 'Compare the data with the schema of the event or command.',
    },
  },
  MessageError,
);

/** What keeps a draft from being made. */
export const draftErrors = defineErrors({
  WB_MESSAGE_FILE_NO_ROOT: {
    means: 'A DTD does not tell which of its elements is the root of documents: several are inside of no other one, or none is.',
    remedy: 'Name it: `waybill types order.dtd --root Order`.',
  },
});

export const errors = Object.freeze({ ...fileErrors, ...messageErrors, ...draftErrors });

export type FileErrorCode = keyof typeof fileErrors;
