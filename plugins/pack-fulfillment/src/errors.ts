import { defineErrors, MessageError } from '@waybill/contract';

/** The error codes of this pack itself; faults inside a document have the codes of `@waybill/xml`. */
export const errors = defineErrors(
  {
    WB_MESSAGE_VERSION_UNKNOWN: {
      means: 'The root element is known, but not in the version that the document says it has, or it says none.',
      remedy: 'Have the sender write one of the versions that the error lists, as the attribute "version" of the root element.',
      kind: 'unknown',
    },
    WB_FULFILLMENT_UNKNOWN_TYPE: {
      means: 'The fulfillment pack was asked for a message type that it does not have.',
      remedy: 'Use one of the names and versions in the table of the pack.',
      kind: 'unknown',
    },
    WB_FULFILLMENT_BAD_DATA: {
      means: 'The data given to compose a message does not have the shape of its event or command.',
      remedy: 'Compare the data with the schema of the event or command in @waybill/commerce.',
    },
  },
  MessageError,
);
