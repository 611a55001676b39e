import { defineErrors, MessageError, TransportError } from '@waybill/contract/errors';

/** What is wrong with a mail that came in. */
export const mailErrors = defineErrors(
  {
    WB_EMAIL_MAIL_TOO_LARGE: {
      means: 'A mail has more bytes than the entry takes. Only its header block was read.',
      remedy: 'Raise the limit of the inbound entry, or ask the sender for smaller mails.',
      kind: 'unreadable',
    },
    WB_EMAIL_HEADERS_TOO_LARGE: {
      means: 'The header blocks of a mail are larger than any mail program makes them.',
      remedy: 'Look at the mail: it is damaged, or somebody tries to do harm.',
      kind: 'unreadable',
    },
    WB_EMAIL_TOO_MANY_PARTS: {
      means: 'A mail has more parts than any mail program makes.',
      remedy: 'Look at the mail: it is damaged, or somebody tries to do harm.',
      kind: 'unreadable',
    },
    WB_EMAIL_TOO_DEEP: {
      means: 'More parts of a mail stand within each other than in any mail that a mail program makes.',
      remedy: 'Look at the mail: it is damaged, or somebody tries to do harm.',
      kind: 'unreadable',
    },
    WB_EMAIL_DAMAGED: {
      means: 'A document in a mail is not whole: the mail ends within it, or its transfer encoding does.',
      remedy: 'Ask the sender to send the mail again. What came is kept and can be replayed as it is.',
      kind: 'unreadable',
    },
    WB_EMAIL_RICH_TEXT: {
      means: 'The documents of a mail are wrapped in winmail.dat, which only Outlook can open.',
      remedy: 'Ask the sender to switch rich text off for mails to this address (Outlook: HTML or plain text), and to send the mail again.',
      kind: 'unreadable',
    },
    WB_EMAIL_NO_DOCUMENT: {
      means: 'A mail holds no document that the inbound entry takes.',
      remedy: 'Look at the mail. Widen what the entry takes (body, attachments, types, names) if its documents are meant to be read.',
    },
    WB_EMAIL_EMPTY: {
      means: 'A document in a mail has no bytes.',
      remedy: 'Ask the sender to send the mail again with its content.',
      kind: 'unreadable',
    },
  },
  MessageError,
);

const addressErrors = defineErrors(
  {
    WB_EMAIL_ADDRESS: {
      means: 'An address of a mail is none: it has a line break, a blank, no @, or a form that no server takes.',
      remedy: 'Correct the address in the message, or in the entry.',
    },
  },
  TransportError,
);

/** The error codes of this transport. */
export const errors = Object.freeze({ ...addressErrors, ...mailErrors });
