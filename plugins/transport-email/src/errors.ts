import { defineErrors, TransportError } from '@waybill/contract/errors';

/** The error codes of this transport. */
export const errors = defineErrors(
  {
    WB_EMAIL_ADDRESS: {
      means: 'An address of a mail is none: it has a line break, a blank, no @, or a form that no server takes.',
      remedy: 'Correct the address in the message, or in the entry.',
    },
    WB_EMAIL_NO_RECIPIENT: {
      means: 'A mail goes to nobody: neither the message nor the entry says to whom.',
      remedy: 'Give the entry "to", or let the message say it: as a property "to", or in its mail document.',
    },
    WB_EMAIL_TOO_MANY_RECIPIENTS: {
      means: 'A mail has more recipients than the entry allows.',
      remedy: 'Publish several messages, or raise "maxRecipients" of the entry.',
    },
    WB_EMAIL_ONE_RECIPIENT: {
      means: 'A mail has a link by which one person ends a subscription with one click, and goes to several.',
      remedy: 'Publish one message for each recipient, with a link of its own.',
    },
    WB_EMAIL_NOT_ALLOWED: {
      means: 'A message asks for a recipient, a From or a header that the entry does not let it have.',
      remedy: 'Correct the message, or allow it with "onlyTo", "onlyFrom" or "ownHeaders" of the entry.',
      kind: 'forbidden',
    },
    WB_EMAIL_NEVER_ANSWERED: {
      means:
        'An automatic reply would go to a program: to the sender of bounces, the keeper of a list, a no-reply address or the entry itself. Two programs could answer each other for ever.',
      remedy: 'Drop the message. Let nothing answer mails that no person has written.',
      kind: 'forbidden',
    },
    WB_EMAIL_DOCUMENT: {
      means: 'A mail document (application/vnd.waybill.mail+json) is no JSON, or not of the form that the README shows.',
      remedy: 'See which part of it the error names, and correct what composes it.',
    },
    WB_EMAIL_HEADER: {
      means:
        'What is to stand in a header of a mail cannot: it has a line break or another control character, or it is not of the form that its header needs.',
      remedy: 'Correct the value in the message, or in the entry.',
    },
    WB_EMAIL_TEXT: {
      means: 'A message that is a text cannot be read: its bytes are not in its charset, or nobody knows that charset.',
      remedy: 'Correct the charset of the content type, or the text.',
      kind: 'unreadable',
    },
    WB_EMAIL_TOO_LARGE: {
      means: 'A mail would be larger than the entry allows.',
      remedy: 'Send less, or raise "limit" of the entry if the servers on the way take it.',
    },
    WB_EMAIL_DKIM: {
      means:
        'Mails cannot be signed with the key of "dkim": its file cannot be read, is no private key in PEM, or of a kind that DKIM does not know.',
      remedy: 'Put an RSA key of 1024 bits or more, or an Ed25519 key, there: openssl genrsa -out dkim.pem 2048.',
    },
  },
  TransportError,
);
