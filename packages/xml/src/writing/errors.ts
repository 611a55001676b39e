import { defineErrors, MessageError } from '@waybill/contract';

/** What cannot be written. */
export const writingErrors = defineErrors(
  {
    WB_XML_UNWRITABLE: {
      means: 'A name or a text cannot be written as XML: XML has no way to say some characters, such as NUL.',
      remedy: 'Remove the character where the data comes from; the place is in the error.',
    },
  },
  MessageError,
);
