import { defineErrors, MessageError } from '@waybill/contract';

/** The error codes of this pack itself; most faults inside a message have the codes of `@waybill/records`. */
export const errors = defineErrors(
  {
    WB_LEGACY_UNKNOWN_MESSAGE: {
      means: 'A message of tagged segments has a type or a version in its PROLOG that the legacy pack does not have.',
      remedy: 'Have the sender write one of the types and versions that the error lists, or read the message with a pack that knows it.',
      kind: 'unknown',
    },
    WB_LEGACY_WRONG_ENCODING: {
      means: 'A message begins as one of tagged segments, but in another encoding than the one that it is said to have.',
      remedy: 'Set the `encoding` of the inbound entry, or have the sender tell it (CCSID, charset).',
      kind: 'unreadable',
    },
    WB_LEGACY_MALFORMED: {
      means: 'A field that says how a message is built, a version number or the length of a value, is not what it has to be.',
      remedy: 'Compare the record with its layout, in the table of the message.',
      kind: 'unreadable',
    },
    WB_LEGACY_UNKNOWN_TYPE: {
      means: 'The legacy pack was asked for a message type that it does not have.',
      remedy: 'Use one of the names and versions in the table of the pack.',
      kind: 'unknown',
    },
    WB_LEGACY_BAD_DATA: {
      means:
        'The data given to compose a message does not have the shape of its event or command, or has something that the message cannot hold.',
      remedy: 'Compare the data with the schema of the event or command in @waybill/commerce, and with the table of the message.',
    },
  },
  MessageError,
);
