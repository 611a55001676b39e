import { defineErrors, MessageError } from '@waybill/contract';

/** Every error code of reading and converting encodings. */
export const errors = defineErrors(
  {
    WB_TEXT_UNKNOWN_ENCODING: {
      means:
        'A transport, a document or a setting names an encoding that is not known, or a body begins with the byte order mark of UTF-32.',
      remedy: 'Correct the name where it is written, or have the sender write UTF-8.',
      kind: 'unreadable',
    },
    WB_TEXT_CONTRADICTION: {
      means:
        'The first bytes of a document show that it is not in the encoding that it declares, or that it is in EBCDIC and declares none.',
      remedy: 'Have the sender declare what it writes. If it cannot, set the encoding of the entry, which then decides.',
      kind: 'unreadable',
    },
    WB_TEXT_INVALID_BYTES: {
      means: 'Some bytes are no characters of the encoding that the text was said to be in. Nothing was replaced.',
      remedy: 'Find out what the sender writes; the offset of the first wrong byte is in the error. Then correct what is stated or set.',
      kind: 'unreadable',
    },
    WB_TEXT_UNENCODABLE: {
      means: 'A character does not exist in the encoding that the text was to be written in. Nothing was written.',
      remedy: 'Replace the character where the data comes from, or write in an encoding that has it, such as UTF-8.',
      kind: 'invalid',
    },
  },
  MessageError,
);
