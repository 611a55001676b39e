import { bytes, duration, path, type Static, secret, settings, Type, unitKeyword } from '@waybill/contract';

const loopback = '127.0.0.1';

const listen = settings(
  {
    host: Type.String({ description: 'The address of this machine to listen on. "0.0.0.0" listens on all of them.', default: loopback }),
    port: Type.Integer({
      description: 'The port to listen on. 0 lets the system choose one; the log tells which.',
      minimum: 0,
      maximum: 65_535,
    }),
    headersTimeout: duration({ description: 'How long a client may take to send the headers of a request.', default: '10s' }),
    requestTimeout: duration({ description: 'How long a client may take to send a whole request.', default: '60s' }),
    keepAlive: duration({ description: 'How long an idle connection of a client is kept open.', default: '5s' }),
    headerLimit: bytes({ description: 'The most bytes that the headers of a request may have.', default: '16KB' }),
  },
  { description: 'Where requests are received. Needed by inbound entries.' },
);
export type Listen = Static<typeof listen>;

export const site = settings({
  listen: Type.Optional(listen),
  url: Type.Optional(
    Type.String({
      description: 'What the addresses of outbound entries start with.',
      pattern: '^https?://[^\\s@?#]+$',
      examples: ['https://erp.example.com/api'],
    }),
  ),
  ca: Type.Optional(
    path({
      description: 'A PEM file with certificates to trust beside those that Node trusts: its own ones, and those of NODE_EXTRA_CA_CERTS.',
    }),
  ),
  connectTimeout: duration({ description: 'How long to wait for a connection to the other side.', default: '10s' }),
  answerTimeout: duration({
    description: 'How long to wait for the answer of the other side, and for each further piece of it.',
    default: '60s',
  }),
});
export type Site = Static<typeof site>;

/** Names and their secrets. Secret as a whole, and each of them. */
const secretsByName = (description: string) =>
  Type.Unsafe<Readonly<Record<string, string>>>({
    type: 'object',
    description,
    minProperties: 1,
    additionalProperties: { type: 'string', minLength: 1, [unitKeyword]: 'secret' },
    [unitKeyword]: 'secret',
  });

const whoMaySend = Type.Union(
  [
    Type.Literal('none'),
    settings({
      basic: settings(
        { users: secretsByName('Names and passwords. A name is that of the principal.') },
        { description: 'A user name and a password with every request.' },
      ),
    }),
    settings({
      bearer: settings(
        { tokens: secretsByName('Names and tokens. A name is that of the principal; it is never sent.') },
        { description: 'A token with every request.' },
      ),
    }),
  ],
  { description: 'How senders prove who they are. "none" lets everybody who reaches the port send.' },
);
export type WhoMaySend = Static<typeof whoMaySend>;

export const source = settings({
  path: Type.String({
    description: 'The path that takes messages.',
    pattern: "^/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$",
    examples: ['/orders/status'],
  }),
  method: Type.Union([Type.Literal('POST'), Type.Literal('PUT')], { description: 'The method that messages come with.', default: 'POST' }),
  auth: whoMaySend,
  limit: bytes({ description: 'The largest body to accept.', default: '10MB' }),
  contentTypes: Type.Array(Type.String({ description: 'A content type; * stands for any characters.' }), {
    description: 'The content types to accept. A request without one counts as application/octet-stream.',
    default: ['text/*', 'application/xml', 'application/*+xml', 'application/json', 'application/octet-stream'],
  }),
  answers: Type.Union([Type.Literal('status'), Type.Literal('always')], {
    description:
      'Where the reply of a message says what became of it: "status" answers a failure with the status for it, "always" answers every reply with 200, as protocols want whose documents hold a status of their own (cXML). What has no reply is answered with its status either way.',
    default: 'status',
  }),
  idHeader: Type.String({
    description: 'The header whose value becomes the id of the message: what comes again with the same id is not worked on again.',
    pattern: '^[A-Za-z0-9-]+$',
    default: 'idempotency-key',
  }),
  waiting: Type.Integer({
    description: 'How many requests may wait for one in hand to be done before the next ones are refused.',
    default: 1_000,
    minimum: 0,
  }),
  waitingTime: duration({
    description:
      'How long a request may wait for its turn before it is refused with the advice to come again; twice as long as handling takes, where that is more.',
    default: '750ms',
  }),
  waitingBytes: bytes({ description: 'How many bytes of bodies may wait, beside those that are in hand.', default: '64MB' }),
});
export type Source = Static<typeof source>;

const credentials = Type.Union(
  [
    settings({
      basic: settings(
        { user: Type.String({ description: 'The user name.' }), password: secret({ description: 'The password.' }) },
        { description: 'A user name and a password with every request.' },
      ),
    }),
    settings({
      bearer: settings({ token: secret({ description: 'The token.' }) }, { description: 'A token with every request.' }),
    }),
  ],
  { description: 'The credentials that are sent to the other side with every message.' },
);
export type Credentials = Static<typeof credentials>;

export const target = settings({
  path: Type.Optional(
    Type.String({ description: 'What comes after "url" of the connection.', pattern: '^/[^\\s#]*$', examples: ['/orders'] }),
  ),
  url: Type.Optional(
    Type.String({
      description: 'The whole address, for an entry that does not use that of the connection.',
      pattern: '^https?://[^\\s@#]+$',
    }),
  ),
  method: Type.Union([Type.Literal('POST'), Type.Literal('PUT'), Type.Literal('PATCH')], {
    description: 'The method to send with.',
    default: 'POST',
  }),
  headers: Type.Unsafe<Readonly<Record<string, string>>>({
    type: 'object',
    description: 'Headers that are sent with every message.',
    additionalProperties: { type: 'string' },
    default: {},
  }),
  forward: Type.Array(Type.String({ description: 'The name of a property.' }), {
    description: 'The properties of a message that are sent as headers of the same name. No others are.',
    default: [],
  }),
  auth: Type.Optional(credentials),
  success: Type.Optional(
    Type.Array(Type.Integer({ description: 'A status.', minimum: 200, maximum: 599 }), {
      description: 'The statuses that mean that the other side has taken the message. Without it, 200 to 299.',
    }),
  ),
  limit: bytes({ description: 'The largest reply to accept; of an answer that a pack judges, what is looked at.', default: '10MB' }),
});
export type Target = Static<typeof target>;
