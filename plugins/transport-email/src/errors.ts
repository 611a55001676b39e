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

/** What can be wrong between this side and a mailbox. */
export const mailboxErrors = defineErrors(
  {
    WB_EMAIL_MAILBOX_UNREACHABLE: {
      means: 'No IMAP server answers at "host" and "port" of the connection, or not in time, or what answers does not speak IMAP.',
      remedy: 'Check host, port and "security". The mailbox is opened by itself when the server is there.',
      kind: 'unavailable',
    },
    WB_EMAIL_MAILBOX_LOGIN: {
      means:
        'The IMAP server does not let this side in: the user, the password or the token is wrong, or it does not take that kind of proof.',
      remedy: 'Correct "imap.auth" of the connection. A token may have run out: see that it is renewed.',
      kind: 'forbidden',
    },
    WB_EMAIL_MAILBOX_TLS: {
      means: 'No trusted session could be made: the certificate of the IMAP server is not to be trusted, or the server has no STARTTLS.',
      remedy: 'Check "host", "security" and "ca" of "imap".',
      kind: 'forbidden',
    },
    WB_EMAIL_MAILBOX_GONE: {
      means: 'The session with the IMAP server has ended: the line broke, the server ended it, or the folder was deleted.',
      remedy: 'Nothing: it is opened anew by itself, and what was in hand comes again. When this repeats, see the reason.',
      kind: 'unavailable',
    },
    WB_EMAIL_FOLDER: {
      means: 'The IMAP server does not open a folder: there is none of that name, or this user may not change it.',
      remedy:
        'Create the folder, or correct "folders" of the entry or the rights of the user. Names are those of the server, with its separator.',
      kind: 'unknown',
      retryable: true,
    },
    WB_EMAIL_FOLDER_LOOPS: {
      means: 'Mails that are done with would be moved to a folder that they are taken from.',
      remedy: 'Name another folder in "done" and "rejected" than those in "folders".',
    },
    WB_EMAIL_KEYWORDS: {
      means: 'The folder does not keep the keyword by which mails are known that are done with.',
      remedy: 'Set "done" and "rejected" of the entry to "seen", "delete" or a folder: this server has no keywords of one’s own.',
    },
    WB_EMAIL_NOT_SETTLED: {
      means: 'The IMAP server has refused to mark, move or delete a mail that is done with.',
      remedy: 'Check the rights of the user and the space of the mailbox. The mail comes again and is not worked on twice.',
      kind: 'unavailable',
    },
  },
  TransportError,
);

/** What can be wrong with a mail, beside what is wrong in it. */
export const arrivalErrors = defineErrors(
  {
    WB_EMAIL_STRANGER: {
      means: 'A mail comes from somebody who is not among "from" of the inbound entry.',
      remedy: 'Add the sender to "from" if mails of this sender are wanted. The mail is in the mailbox; nothing of it is kept here.',
      kind: 'forbidden',
    },
    WB_EMAIL_UNREADABLE: {
      means: 'Reading a mail has failed in a way that nobody has foreseen.',
      remedy: 'Look at the mail, and report it: Waybill should read it, or say what is wrong with it.',
      kind: 'unreadable',
    },
  },
  MessageError,
);

/** The error codes of this transport. */
export const errors = Object.freeze({ ...addressErrors, ...mailErrors, ...mailboxErrors, ...arrivalErrors });
