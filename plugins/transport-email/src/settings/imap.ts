import { duration, path, type Static, secret, settings, Type } from '@waybill/contract';

const user = Type.String({ description: 'The user whose mailbox it is.', minLength: 1, examples: ['orders@example.com'] });

/** A secret in the manifest, or in a file that is read anew for each session. */
const secretOrFile = (what: string) =>
  Type.Union(
    [
      secret({ description: `The ${what}.` }),
      settings({ file: path({ description: `A file with the ${what}.` }) }, { description: 'It is read anew for each session.' }),
    ],
    { description: `The ${what}, or the file that holds it, which is read anew for each session.` },
  );

export const mailbox = settings(
  {
    host: Type.String({ description: 'The server that keeps incoming mails.', minLength: 1, examples: ['imap.example.com'] }),
    port: Type.Optional(
      Type.Integer({ description: 'Its port. Without it 993, or 143 where "security" is not "tls".', minimum: 1, maximum: 65_535 }),
    ),
    security: Type.Union([Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('none')], {
      description:
        'How sessions are kept secret: TLS from the first byte, TLS by STARTTLS and never without it, or not at all, for a server on this machine.',
      default: 'tls',
    }),
    auth: Type.Union(
      [settings({ user, password: secretOrFile('password') }), settings({ user, token: secretOrFile('OAuth2 access token') })],
      { description: 'How this side proves who it is: with a password, or with an access token of OAuth2, which somebody else renews.' },
    ),
    ca: Type.Optional(
      path({ description: 'A PEM file with certificates to trust beside those that Node trusts. It is read anew for each session.' }),
    ),
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
