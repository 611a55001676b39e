import { duration, type Static, settings, Type } from '@waybill/contract';
import { oauth, password, trust } from './proof.ts';

export const mailbox = settings(
  {
    host: Type.String({ description: 'The server that keeps incoming mails.', minLength: 1, examples: ['imap.example.com'] }),
    port: Type.Optional(
      Type.Integer({ description: 'Its port. Without it 993, or 143 where "encryption" is not "tls".', minimum: 1, maximum: 65_535 }),
    ),
    encryption: Type.Union([Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('none')], {
      description:
        'How sessions are made secret: by TLS from the first byte; by STARTTLS, without which nothing is said; or not at all, for a server on this machine.',
      default: 'tls',
    }),
    tls: Type.Optional(trust),
    auth: Type.Union([settings({ password }), settings({ oauth })], { description: 'How this side proves who it is.' }),
    connectTimeout: duration({ description: 'How long to wait until a session is open.', default: '15s' }),
    silence: duration({ description: 'After what silence the server is taken for gone.', default: '5m' }),
    idle: duration({
      description: 'How long the server is left to tell of new mails (IDLE) before that is begun anew: some fall silent after a while.',
      default: '5m',
    }),
  },
  { description: 'Where mails are received. Needed by inbound entries.' },
);
export type MailboxSettings = Static<typeof mailbox>;
