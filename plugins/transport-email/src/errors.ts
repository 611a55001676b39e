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
    WB_EMAIL_UNREACHABLE: {
      means: 'The mail server cannot be reached, does not answer in time, or ends the connection before anything could be sent.',
      remedy: 'Check "host" and "port" of the connection, and that the network lets it through. It is tried again by itself.',
      kind: 'unavailable',
    },
    WB_EMAIL_TLS: {
      means:
        'No trusted connection could be made: the certificate of the mail server is not to be trusted, a file of certificates cannot be read, or the server does not offer TLS.',
      remedy: 'Check "encryption" and "tls" of the connection.',
      kind: 'forbidden',
    },
    WB_EMAIL_LOGIN: {
      means: 'The mail server does not let this side in: the user or the password is wrong, or the server wants another kind of proof.',
      remedy: 'Correct "auth" of the connection. Until then its mails wait, and none is given up for this.',
      kind: 'forbidden',
    },
    WB_EMAIL_TOKEN: {
      means: 'No access token could be had, so that this side cannot prove who it is to the mail server.',
      remedy:
        'See the reason. Where the right was withdrawn or has ended ("invalid_grant"), somebody has to grant it anew: correct "oauth" of the connection.',
      kind: 'forbidden',
    },
    WB_EMAIL_PROTOCOL: {
      means: 'What answers there does not speak SMTP (or LMTP), or not as it should.',
      remedy: 'Check host, port, "protocol" and "encryption" of the connection.',
      kind: 'unavailable',
    },
    WB_EMAIL_BUSY: {
      means: 'The mail server is there and does not want to talk now.',
      remedy: 'See the reason that the server gave. It is tried again by itself.',
      kind: 'unavailable',
    },
    WB_EMAIL_GONE: {
      means: 'The connection to the mail server has ended before the mail was handed over. Nobody has got it by that.',
      remedy: 'Nothing: it is sent again by itself. When this repeats, see the reason, and the log of the server.',
      kind: 'unavailable',
    },
    WB_EMAIL_GIVEN_UP: {
      means: 'The time for an attempt was over before the mail was handed over.',
      remedy: 'Raise "timeout" of the entry when this repeats.',
      kind: 'unavailable',
    },
    WB_EMAIL_NO_ANSWER: {
      means:
        'A mail was handed over to the end, and the server has not said what became of it: the connection ended, or the time was over.',
      remedy: 'Look for the mail at the server, then send it again or drop it.',
      kind: 'unavailable',
    },
    WB_EMAIL_REFUSED: {
      means: 'The mail server does not want the mail, for any of its recipients.',
      remedy: 'See the reason that the server gave. It speaks of the addresses, of the sender, or of what is in the mail.',
    },
    WB_EMAIL_LATER: {
      means: 'The mail server does not take the mail now, for any of its recipients that are still open.',
      remedy: 'Nothing: it is tried again by itself. When this repeats, see the reason that the server gave.',
      kind: 'unavailable',
    },
    WB_EMAIL_UNSENDABLE: {
      means: 'The mail cannot go over the wire as it is: its lines do not end in CR and LF, or it has what the server cannot take.',
      remedy: 'See the reason.',
    },
    WB_EMAIL_CLOSED: {
      means: 'A sender of mails was closed while something was still asked of it.',
      remedy: 'Nothing, when Waybill is stopping.',
      kind: 'unavailable',
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
