import { path, type Static, secret, settings, Type } from '@waybill/contract';

const oneSecret = (what: string, file: string) =>
  Type.Union(
    [secret({ description: what }), settings({ file: path({ description: file }) }, { description: 'It is read anew each time.' })],
    {
      description: `${what} Or the file that holds it, which is read anew each time.`,
    },
  );

export const password = settings(
  {
    user: Type.String({ description: 'The user name, often the address.', minLength: 1 }),
    password: oneSecret('The password.', 'A file with the password.'),
  },
  { description: 'A user name and a password (PLAIN, else LOGIN). They are never sent without TLS.' },
);

export const oauth = settings(
  {
    user: Type.String({
      description: 'The mailbox that this side sends for, or reads.',
      minLength: 1,
      examples: ['orders@shop.example.com'],
    }),
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

export const trust = settings(
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
);

export type Oauth = Static<typeof oauth>;
export type Password = Static<typeof password>;
export type OneSecret = Password['password'];
export type Trust = Static<typeof trust>;
