import { defineErrors, MessageError } from '@waybill/contract';

/** The error codes of writing. */
export const writingErrors = defineErrors(
  {
    WB_XML_UNWRITABLE: {
      means: 'A name or a text cannot be written as XML, because it contains a character that XML does not allow there, such as NUL.',
      remedy: 'Remove the character where the data comes from; the place is in the error.',
    },
  },
  MessageError,
);
