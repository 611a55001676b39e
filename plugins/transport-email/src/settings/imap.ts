import { type Static, settings, Type } from '@waybill/contract';

export const mailbox = settings(
  {
    host: Type.String({ description: 'The server that keeps incoming mails.', minLength: 1, examples: ['imap.example.com'] }),
  },
  { description: 'Where mails are received. Needed by inbound entries.' },
);
export type Mailbox = Static<typeof mailbox>;
