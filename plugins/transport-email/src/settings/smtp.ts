import { duration, path, type Static, secret, settings, Type } from '@waybill/contract';

const oneSecret = (what: string, file: string) =>
  Type.Union(
    [secret({ description: what }), settings({ file: path({ description: file }) }, { description: 'It is read anew each time.' })],
    {
      description: `${what} Or the file that holds it, which is read anew each time.`,
    },
  );

const password = settings(
  {
    user: Type.String({ description: 'The user name, often the address.', minLength: 1 }),
    password: oneSecret('The password.', 'A file with the password.'),
  },
  { description: 'A user name and a password (PLAIN, else LOGIN). They are never sent without TLS.' },
);

const oauth = settings(
  {
    user: Type.String({ description: 'The mailbox that this side sends for.', minLength: 1, examples: ['orders@shop.example.com'] }),
    tokenUrl: Type.String({
      description: 'Where access tokens are had; by HTTPS, unless it is on this machine.',
      pattern: '^(https://|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])[:/])[^\\s]+$',
      examples: ['https://login.microsoftonline.com/TENANT/oauth2/v2.0/token'],
    }),
    clientId: Type.String({ description: 'What this application is called there.', minLength: 1 }),
    clientSecret: Type.Optional(oneSecret('Its secret.', 'A file with its secret.')),
    refreshToken: Type.Optional(
      oneSecret(
        'What access tokens are renewed with. Without it, this application asks in its own name (client credentials).',
        'A file with the refresh token. When the other side gives a new one, it is written there.',
      ),
    ),
    scope: Type.Optional(
      Type.String({ description: 'What is asked for.', minLength: 1, examples: ['https://outlook.office365.com/.default'] }),
    ),
  },
  { description: 'Access tokens (OAUTHBEARER, else XOAUTH2), which are renewed before they expire. They are never sent without TLS.' },
);

export const relay = settings(
  {
    host: Type.String({ description: 'The server that takes outgoing mails.', minLength: 1, examples: ['smtp.example.com'] }),
    port: Type.Optional(
      Type.Integer({
        description: 'Its port. Without it 587, with "encryption" "tls" 465, with "none" 25, and 24 for LMTP.',
        minimum: 1,
        maximum: 65_535,
      }),
    ),
    protocol: Type.Union([Type.Literal('smtp'), Type.Literal('lmtp')], {
      description: 'What is spoken there: SMTP, or LMTP to a server that keeps the mailboxes itself and answers for each recipient.',
      default: 'smtp',
    }),
    encryption: Type.Union([Type.Literal('starttls'), Type.Literal('tls'), Type.Literal('if-offered'), Type.Literal('none')], {
      description:
        'How the connection is made secret: by STARTTLS, without which nothing is sent; by TLS from the first byte; by STARTTLS only where it is offered, which anybody on the way can prevent; or not at all.',
      default: 'starttls',
    }),
    tls: Type.Optional(
      settings(
        {
          ca: Type.Optional(
            path({
              description: 'A PEM file with certificates to trust beside those that Node trusts. It is read anew for each connection.',
            }),
          ),
          serverName: Type.Optional(
            Type.String({ description: 'The name that the certificate of the server has to bear. Without it, the host.', minLength: 1 }),
          ),
        },
        { description: 'Whom to trust.' },
      ),
    ),
    auth: Type.Optional(
      Type.Union([settings({ password }), settings({ oauth })], {
        description: 'How this side proves who it is. Without it, it does not.',
      }),
    ),
    name: Type.Optional(
      Type.String({
        description:
          'What this side calls itself (EHLO). Without it, the name of this machine, or its address where that name has no domain.',
        pattern: '^[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9])?$',
        examples: ['shop.example.com'],
      }),
    ),
    recipientsAtOnce: Type.Integer({
      description: 'To how many recipients a mail goes in one step. Those beyond follow in further ones. Every server has to take 100.',
      minimum: 1,
      maximum: 1_000,
      default: 100,
    }),
    mailsEach: Type.Integer({
      description: 'How many mails are sent over one connection, before a new one is made.',
      minimum: 1,
      default: 100,
    }),
    comeAgain: duration({
      description: 'How long to wait where a server asks to come again later (greylisting) and does not say when.',
      default: '5m',
    }),
    connectTimeout: duration({ description: 'How long to wait until the connection is there, TLS included.', default: '30s' }),
    greetingTimeout: duration({ description: 'How long to wait until the server says that it is ready.', default: '5m' }),
    commandTimeout: duration({ description: 'How long to wait for the answer to a command: who sends, to whom, login.', default: '5m' }),
    dataTimeout: duration({ description: 'How long to wait until the server wants to have the mail.', default: '2m' }),
    blockTimeout: duration({ description: 'How long to wait until a part of the mail is taken by the network.', default: '3m' }),
    finalTimeout: duration({
      description:
        'How long to wait for the answer to the end of a mail. Nobody knows what became of a mail that was given up here, so it should be the longest of all, and "timeout" of the entry longer.',
      default: '10m',
    }),
    idleTimeout: duration({ description: 'How long a connection that nobody needs is kept.', default: '30s' }),
  },
  { description: 'Where mails are sent. Needed by outbound entries.' },
);
export type Relay = Static<typeof relay>;
export type Oauth = Static<typeof oauth>;
export type Password = Static<typeof password>;
export type OneSecret = Password['password'];

/** The port that is meant where none is given: that of submission (RFC 6409), of submission over TLS (RFC 8314), of relaying, of LMTP. */
export function portOf({ port, encryption, protocol }: Relay): number {
  if (port !== undefined) return port;
  if (protocol === 'lmtp') return 24;
  return encryption === 'tls' ? 465 : encryption === 'none' ? 25 : 587;
}
