import { type Static, secret, settings, Type } from '@waybill/contract';
import { mailbox } from './imap.ts';
import { relay } from './smtp.ts';

export const post = settings({
  smtp: Type.Optional(relay),
  imap: Type.Optional(mailbox),
  domain: Type.String({
    description: 'A domain of your own, of which the ids of mails are made.',
    pattern: '^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$',
    examples: ['shop.example.com'],
  }),
  key: Type.Optional(
    secret({
      description:
        'With it nobody else can make ids that are taken for those of your mails, in a forged bounce. Keep it: what was sent before is known by the old one.',
    }),
  ),
});
export type Post = Static<typeof post>;
