import { bytes, duration, path, type Static, secret, settings, Type } from '@waybill/contract';

const queueName = (description: string) => Type.String({ description, pattern: '^[A-Za-z0-9._/%]{1,48}$', examples: ['ORDERS.OUT'] });

const server = Type.Union(
  [
    settings({
      hosts: Type.Array(
        Type.String({
          description: 'A host with its port in brackets.',
          pattern: '^[^\\s(),:]+\\([0-9]{1,5}\\)$',
          examples: ['mq1.example.com(1414)'],
        }),
        { description: 'Where the queue manager may be, tried in this order. Together at most 264 characters.', minItems: 1 },
      ),
      channel: Type.String({
        description: 'The server connection (SVRCONN) of the queue manager.',
        pattern: '^[A-Za-z0-9._/%]{1,20}$',
        examples: ['WAYBILL.SVRCONN'],
      }),
    }),
    settings({
      ccdt: Type.String({
        description: 'The address of a client channel definition table, which knows hosts, server connections and TLS.',
        pattern: '^(file|http|https)://',
        examples: ['file:///etc/mq/AMQCLCHL.TAB', 'https://mq.example.com/ccdt.json'],
      }),
    }),
    Type.Literal('bindings', { description: 'The queue manager is on this machine, and is reached without a network.' }),
    Type.Literal('environment', { description: 'MQSERVER, MQCCDTURL and the like decide.' }),
  ],
  { description: 'How the queue manager is reached.' },
);

const credentials = Type.Union(
  [
    settings({
      user: Type.String({ description: 'The user of the queue manager.', minLength: 1 }),
      password: secret({ description: 'The password of that user.' }),
    }),
    settings({
      user: Type.String({ description: 'The user of the queue manager.', minLength: 1 }),
      passwordFile: path({ description: 'A file with the password, read anew at each attempt to connect: it may be changed meanwhile.' }),
    }),
    settings({ tokenFile: path({ description: 'A file with a token (JWT), read anew at each attempt to connect. From MQ 9.3.4 on.' }) }),
  ],
  { description: 'Who Waybill is to the queue manager. They are only as safe as the connection: use `tls`.' },
);

const tls = settings(
  {
    cipher: Type.String({
      description: 'The cipher specification, as the server connection has it.',
      default: 'ANY_TLS12_OR_HIGHER',
      maxLength: 32,
    }),
    keyRepository: Type.Optional(
      Type.String({
        description: "The key repository of IBM's client, as it wants to be named.",
        examples: ['/etc/mq/ssl/key'],
        minLength: 1,
      }),
    ),
    keyRepositoryPassword: Type.Optional(secret({ description: 'The password of the key repository, where it has no stash file.' })),
    peerName: Type.Optional(
      Type.String({ description: 'What the certificate of the queue manager has to say.', minLength: 1, maxLength: 1024 }),
    ),
    certificate: Type.Optional(Type.String({ description: 'The label of the certificate to show.', minLength: 1, maxLength: 64 })),
  },
  { description: "Encrypts the connection, by the TLS of IBM's client." },
);

export const queueManager = settings({
  queueManager: Type.String({
    description: 'The name of the queue manager. Empty, or "*" and a group, lets the server connection or the table decide.',
    default: '',
    pattern: '^\\*?[A-Za-z0-9._/%]{0,48}$',
    examples: ['QM1'],
  }),
  server,
  credentials: Type.Optional(credentials),
  tls: Type.Optional(tls),
  application: Type.String({
    description: 'Under which name the queue manager shows these connections.',
    default: 'waybill',
    minLength: 1,
    maxLength: 28,
  }),
  heartbeat: duration({
    description: 'How often a silent connection is looked after. The larger one counts, this or HBINT of the server connection.',
    default: '30s',
  }),
  patience: duration({
    description: 'How long a call to the queue manager may take before the process that makes it is ended.',
    default: '60s',
  }),
});
export type MqSettings = Static<typeof queueManager>;

export const source = settings({
  queue: queueName('The queue to get messages from.'),
  limit: bytes({ description: 'The largest body to accept.', default: '10MB' }),
  identity: Type.Union(
    [
      Type.Literal('message-id', { description: 'MsgId. Right where each message has one of its own.' }),
      Type.Literal('correlation-id', { description: 'CorrelId.' }),
      Type.Literal('content', { description: 'The bytes of the body: the same bytes are the same message, whenever they come.' }),
      settings({ property: Type.String({ description: 'The name of a property of the message.', minLength: 1 }) }),
    ],
    { description: 'What tells one message from another. MQ lets senders give the same message id to several.', default: 'message-id' },
  ),
  trustCcsid: Type.Boolean({
    description: 'Whether texts are in the code page that their descriptor names. Say false for senders that name a wrong one.',
    default: true,
  }),
  rejected: Type.Union(
    [
      Type.Literal('backout-queue', { description: 'To the backout queue (BOQNAME) of the queue, where it has one.' }),
      Type.Literal('dead-letter-queue', { description: 'To the backout queue, else to the dead-letter queue of the queue manager.' }),
      Type.Literal('removed', { description: 'Nowhere.' }),
    ],
    {
      description: 'Where a copy of a message goes that is given up, beside the journal, which keeps it as parked.',
      default: 'backout-queue',
    },
  ),
  replyQueues: Type.Optional(
    Type.Array(queueName('A queue that replies may go to.'), {
      description: 'The only queues that replies may go to, whatever a message asks for. Without it, every queue.',
    }),
  ),
});
export type Source = Static<typeof source>;

export const target = settings({
  queue: queueName('The queue to put messages on.'),
  manager: Type.Optional(
    Type.String({ description: 'The queue manager of that queue, where it is another one.', pattern: '^[A-Za-z0-9._/%]{1,48}$' }),
  ),
  limit: bytes({ description: 'The largest body to send.', default: '10MB' }),
  properties: Type.Boolean({
    description:
      'Whether type, content type and properties travel in a header (MQRFH2) in front of the body. Say false for programs that expect the body alone.',
    default: true,
  }),
  replyQueue: Type.Optional(
    queueName(
      'Where replies to requests are awaited. Nobody else may get from it. Without it, the name of the queue followed by ".REPLY".',
    ),
  ),
  reports: Type.Optional(
    settings(
      {
        queue: queueName('Where the reports go: the queue of an inbound entry of this connection, which records them.'),
        of: Type.Array(
          Type.Union([
            Type.Literal('arrival', { description: 'The message is on its queue.' }),
            Type.Literal('delivery', { description: 'It was taken off its queue.' }),
            Type.Literal('expiry', { description: 'It has expired.' }),
          ]),
          { description: 'What is to be reported.', minItems: 1, uniqueItems: true },
        ),
      },
      {
        description:
          'What the queue managers are to tell of each message. Not of requests, nor where a message names a queue for its reply.',
      },
    ),
  ),
  priority: Type.Optional(
    Type.Integer({ description: 'The priority of the messages: 9 is got first. Without it, that of the queue.', minimum: 0, maximum: 9 }),
  ),
  expiry: Type.Optional(
    duration({ description: 'How long a message may wait on the queue before it is discarded. Without it, for ever.' }),
  ),
});
export type Target = Static<typeof target>;
