import { bytes, duration, type Static, settings, Type } from '@waybill/contract';

const folder = (description: string) =>
  Type.String({ description, minLength: 1, maxLength: 500, pattern: '^[^\\u0000-\\u001f*%]+$', examples: ['INBOX'] });

const treatment = [
  Type.Literal('seen'),
  settings({
    keyword: Type.String({
      description: 'A keyword that the mail gets. It stays where it is.',
      pattern: '^[A-Za-z0-9$_.-]{1,60}$',
      examples: ['$WaybillDone'],
    }),
  }),
  settings({ folder: folder('The folder that the mail is moved to, as the server names it. It is made where it is missing.') }),
  Type.Literal('delete'),
] as const;

export const source = settings({
  folders: Type.Array(folder('A folder, as the server names it.'), {
    description: 'The folders to take mails from. Each has a session of its own; servers allow few for one user.',
    minItems: 1,
    maxItems: 10,
    uniqueItems: true,
    default: ['INBOX'],
  }),
  take: Type.Union([Type.Literal('attachments'), Type.Literal('body'), Type.Literal('whole')], {
    description: 'What of a mail is a message: each document that is attached to it, its text, or the mail itself with all that is in it.',
    default: 'attachments',
  }),
  types: Type.Optional(
    Type.Array(
      Type.String({ description: 'A content type; "*" stands for any characters.', minLength: 1, examples: ['application/xml'] }),
      {
        description: 'The content types of documents to take. Others in the mail are left alone. Without it, every type.',
        minItems: 1,
      },
    ),
  ),
  names: Type.Optional(
    Type.Array(Type.String({ description: 'A file name; "*" stands for any characters.', minLength: 1, examples: ['*.xml'] }), {
      description: 'The file names of documents to take. Others in the mail are left alone. Without it, every name.',
      minItems: 1,
    }),
  ),
  from: Type.Optional(
    Type.Array(
      Type.String({ description: 'An address; "*" stands for any characters.', minLength: 1, examples: ['*@supplier.example.com'] }),
      {
        description:
          'The only senders whose mails are taken, by the address in From. Anybody can write any address there: see "trust". Without it, everybody.',
        minItems: 1,
      },
    ),
  ),
  trust: Type.Optional(
    settings(
      {
        server: Type.String({
          description: 'The name under which your own mail server writes Authentication-Results.',
          minLength: 1,
          examples: ['mx.example.com'],
        }),
      },
      {
        description:
          'Whose word is believed on who has sent a mail. A sender whom that server has found genuine is the principal of the message. Without it, mails have none.',
      },
    ),
  ),
  reports: Type.Boolean({
    description:
      'Mails that tell of mails of yours (bounces, confirmations, complaints, automatic answers) are recorded with those, and are no messages.',
    default: true,
  }),
  done: Type.Union([...treatment], {
    description: 'What becomes of a mail that was worked on: marked as read, marked with a keyword, moved, or deleted.',
    default: { keyword: '$WaybillDone' },
  }),
  rejected: Type.Optional(
    Type.Union([...treatment], {
      description: 'What becomes of a mail that cannot be worked on; what is needed of it is parked. Without it, the same as with "done".',
    }),
  ),
  limit: bytes({
    description: 'The largest mail to take, as it stands in the mailbox: a third larger than what is attached.',
    default: '25MB',
  }),
  every: duration({ description: 'How often to look for mails, whether the server tells of new ones or not.', default: '1m' }),
});
export type Source = Static<typeof source>;
/** What becomes of a mail that is done with. */
export type Treatment = Source['done'];
