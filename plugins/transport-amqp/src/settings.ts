import { bytes, duration, path, type Static, secret, settings, Type, unitKeyword } from '@waybill/contract';

const certificate = {
  cert: path({ description: 'A PEM file with the certificate of this side, and those that it was signed with.' }),
  key: path({ description: 'A PEM file with its private key.' }),
};

const plain = settings(
  {
    user: Type.String({ description: 'The user name.', minLength: 1 }),
    password: Type.Union(
      [
        secret({ description: 'The password.' }),
        settings({ file: path({ description: 'A file with the password.' }) }, { description: 'It is read anew for each connection.' }),
      ],
      { description: 'The password, or the file that holds it, which is read anew for each connection.' },
    ),
    certificate: Type.Optional(
      settings(certificate, { description: 'A certificate to show beside the password. Connections are made with TLS then.' }),
    ),
  },
  { description: 'A user name and a password (SASL PLAIN).' },
);

const credentials = Type.Union(
  [
    Type.Literal('anonymous'),
    settings({ plain }),
    settings({
      external: settings(certificate, {
        description: 'The certificate of this side says who it is (SASL EXTERNAL). Connections are made with TLS then.',
      }),
    }),
  ],
  { description: 'How this side proves who it is. Files are read anew for each connection.' },
);

/** A number that AMQP allows: a frame has 512 bytes at least. */
const frameSize = Type.Unsafe<number>({
  type: 'string',
  pattern: '^([1-9][0-9]*(KB|MB)|[1-9][0-9]{3,}B)$',
  [unitKeyword]: 'bytes',
  description: 'The largest frame to accept. Larger messages come in several.',
  default: '64KB',
});

export const broker = settings({
  broker: Type.Union([Type.Literal('artemis'), Type.Literal('ibm-mq'), Type.Literal('generic')], {
    description: 'What is at the other end, which decides what may be asked of it: see the table in the README.',
  }),
  hosts: Type.Array(
    Type.String({
      description: 'A host and its port; without one 5672, or 5671 with TLS.',
      pattern: '^(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?$',
      examples: ['mq1.example.com:5672'],
    }),
    { description: 'Where the broker is. They are tried in this order, each time that a connection is made.', minItems: 1 },
  ),
  auth: credentials,
  tls: Type.Optional(
    settings(
      {
        ca: Type.Optional(
          path({
            description: 'A PEM file with certificates to trust beside those that Node trusts. It is read anew for each connection.',
          }),
        ),
        serverName: Type.Optional(
          Type.String({ description: 'The name that the certificate of the broker has to bear. Without it, the host.', minLength: 1 }),
        ),
      },
      { description: 'Connections are made with TLS; {} where nothing is to be said about it.' },
    ),
  ),
  containerId: Type.Optional(
    Type.String({
      description: 'What connections call themselves; each adds a number of its own. Without it, "waybill" and the name of the connection.',
      minLength: 1,
    }),
  ),
  connectTimeout: duration({ description: 'How long to wait for one host until the connection to it is open.', default: '10s' }),
  idleTimeout: duration({
    description: 'After what silence the broker is taken for gone. Both sides make themselves heard in time.',
    default: '30s',
  }),
  maxFrameSize: frameSize,
});
export type Broker = Static<typeof broker>;
export type Certificate = { readonly cert: string; readonly key: string };

const queue = (description: string) => Type.String({ description, minLength: 1, maxLength: 1_000, examples: ['orders.status'] });

export const source = settings({
  queue: queue('The queue to take messages from.'),
  limit: bytes({ description: 'The largest body to accept.', default: '10MB' }),
  giveUpAfter: Type.Optional(
    Type.Integer({
      description:
        'After so many hand-outs the broker moves a message away by itself: "max-delivery-attempts" of the address on Artemis. A message that ends this process is then parked before. Without it, the broker keeps every message.',
      minimum: 3,
    }),
  ),
  replyQueues: Type.Optional(
    Type.Array(queue('A queue that replies may go to.'), {
      description: 'The only queues that replies may go to, whatever a message asks for. Without it, every address.',
    }),
  ),
});
export type Source = Static<typeof source>;

export const target = settings({
  queue: queue('The queue to send messages to.'),
  expiry: Type.Optional(
    duration({ description: 'How long a message may wait at the broker before it is discarded. Without it, for ever.' }),
  ),
  replyQueue: Type.Optional(
    queue('Where replies to requests are awaited, by this entry of one process alone. Without it, an address that the broker makes up.'),
  ),
  replyLimit: bytes({ description: 'The largest reply to accept.', default: '10MB' }),
});
export type Target = Static<typeof target>;
