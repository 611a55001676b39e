import { type Static, secret, settings, Type } from '@waybill/contract';
import { mailbox } from './imap.ts';
import { relay } from './smtp.ts';

const domainPattern = '^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$';

export const post = settings({
  smtp: Type.Optional(relay),
  imap: Type.Optional(mailbox),
  domain: Type.String({
    description: 'A domain of your own, of which the ids of mails are made.',
    pattern: domainPattern,
    examples: ['shop.example.com'],
  }),
  key: Type.Optional(
    secret({
      description:
        'With it nobody else can make ids that are taken for those of your mails, in a forged bounce. Keep it: what was sent before is known by the old one.',
    }),
  ),
  bounces: Type.Optional(
    settings(
      {
        domain: Type.String({
          description:
            'Mails to any name at this domain have to come to a mailbox that you read. Best a domain of its own below that of "from".',
          pattern: domainPattern,
          examples: ['bounces.shop.example.com'],
        }),
      },
      {
        description:
          'Bounces come to an address of their own for each mail (VERP), by which the mail is known even where a bounce quotes nothing of it. Without it, to the address of "from" or "sender".',
      },
    ),
  ),
});
export type Post = Static<typeof post>;
