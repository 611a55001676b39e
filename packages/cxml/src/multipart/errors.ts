import { defineErrors, MessageError } from '@waybill/contract';

export const multipartErrors = defineErrors(
  {
    WB_CXML_BAD_PART: {
      means:
        'A file cannot go along with a document: its id or its media type has characters that no header can hold, or two files have one id.',
      remedy: 'Give each file an id of its own, in letters, digits and an @, and a media type such as application/pdf.',
      kind: 'invalid',
    },
  },
  MessageError,
);
