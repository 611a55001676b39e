import { type Static, settings, Type } from '@waybill/contract';

export const relay = settings(
  {
    host: Type.String({ description: 'The server that takes outgoing mails.', minLength: 1, examples: ['smtp.example.com'] }),
  },
  { description: 'Where mails are sent. Needed by outbound entries.' },
);
export type Relay = Static<typeof relay>;
