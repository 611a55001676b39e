import { defineErrors, MessageError } from '@waybill/contract';

/** The error codes of this pack itself; faults inside a document have the codes of `@waybill/cxml` and `@waybill/xml`. */
export const errors = defineErrors(
  {
    WB_PROCUREMENT_UNKNOWN_TYPE: {
      means: 'The procurement pack was asked for a message type that it does not have, or got another document than it was told.',
      remedy: 'Use one of the names and versions in the table of the pack.',
      kind: 'unknown',
    },
    WB_PROCUREMENT_BAD_DATA: {
      means: 'The data given to compose a document does not have the shape of its event, its command or its answer.',
      remedy: 'Compare the data with the schema of the event or command in @waybill/commerce.',
    },
  },
  MessageError,
);
