import {
  bytes,
  defineEvent,
  defineJournal,
  defineMessagePack,
  defineTransport,
  duration,
  path,
  secret,
  settings,
  Type,
} from '@waybill/contract';

const never = () => Promise.reject(new Error('The check of a manifest opens nothing.'));
const summary = 'For tests.';

/** A transport with every kind of setting, on both sides. */
export const wire = defineTransport({
  name: 'wire',
  summary,
  connection: settings({
    folder: path({ description: 'Where its files are.' }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535, description: 'Where it listens.' })),
    password: Type.Optional(secret({ description: 'What opens it.' })),
    secure: Type.Boolean({ default: true, description: 'Whether it is encrypted.' }),
  }),
  unique: ['port'],
  connect: never,
  receive: {
    endpoint: settings({
      queue: Type.String({ minLength: 1, description: 'The queue to read.' }),
      every: duration({ default: '1s', description: 'How often to look.' }),
      limit: bytes({ default: '10MB', description: 'The largest message.' }),
      auth: Type.Optional(
        Type.Union(
          [
            Type.Literal('none'),
            settings({
              basic: settings({ user: Type.String({ description: 'Who.' }), password: secret({ description: 'The password.' }) }),
            }),
            settings({ bearer: secret({ description: 'The token.' }) }),
          ],
          { description: 'How senders prove who they are.' },
        ),
      ),
    }),
    guarantees: {
      transacted: false,
      ordered: 'no',
      shared: true,
      exclusive: false,
      replies: 'open',
      waits: false,
      redelivers: { upTo: 60_000 },
      countsAttempts: true,
    },
    rules: { unique: ['queue', 'every'], needs: ['port'] },
    open: never,
  },
  send: {
    endpoint: settings({
      queue: Type.String({ minLength: 1, description: 'The queue to write.' }),
      headers: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'What goes along.' })),
    }),
    guarantees: { requestReply: true, deduplicates: false },
    open: never,
  },
});

/** Sends only, brings no replies back, and recognises what was sent before. */
export const post = defineTransport({
  name: 'post',
  summary,
  connection: settings({ host: Type.String({ description: 'The relay.' }) }),
  connect: never,
  send: {
    endpoint: settings({ recipient: Type.String({ description: 'Who gets it.' }) }),
    guarantees: { requestReply: false, deduplicates: true },
    open: never,
  },
});

/** Receives only, in order. */
export const ear = defineTransport({
  name: 'ear',
  summary,
  connection: settings({}),
  connect: never,
  receive: {
    endpoint: settings({}),
    guarantees: {
      transacted: true,
      ordered: 'per-endpoint',
      shared: true,
      exclusive: true,
      replies: 'no',
      waits: false,
      redelivers: 'at-once',
      countsAttempts: false,
    },
    open: never,
  },
});

export const notebook = defineJournal({
  name: 'notebook',
  summary,
  settings: settings({ path: path({ default: './journal.db', description: 'The file.' }) }),
  open: never,
});

const event = (name: `parcel.${Lowercase<string>}` | 'stock.asked') => defineEvent({ name, summary, data: Type.Unknown() });
export const parcels = defineMessagePack({
  name: 'parcels',
  summary,
  options: settings({
    lenient: Type.Boolean({ default: false, description: 'Whether surplus elements are let be.' }),
    longest: bytes({ default: '1MB', description: 'The longest text.' }),
    key: Type.Optional(secret({ description: 'What signs a parcel.' })),
  }),
  writing: settings({
    longest: bytes({ default: '2MB', description: 'The longest text.' }),
    stamp: Type.String({ default: 'red', description: 'What is put on top.' }),
    seal: Type.Optional(secret({ description: 'What closes a parcel.' })),
  }),
  messages: [
    { name: 'Parcel_Status', version: '2.0', direction: 'in', summary },
    { name: 'Parcel_Status', version: '3.0', direction: 'in', summary },
    { name: 'Customer_Change', version: '1.0', direction: 'in', summary },
    { name: 'Parcel_Order', version: '1.0', direction: 'out', event: event('parcel.ordered'), summary },
    { name: 'Parcel_Order', version: '2.0', direction: 'out', event: event('parcel.ordered'), summary },
    {
      name: 'Stock_Question',
      version: '1.0',
      direction: 'out',
      event: event('stock.asked'),
      reply: { name: 'Stock_Answer', version: '1.0' },
      summary,
    },
    { name: 'Stock_Answer', version: '1.0', direction: 'in', summary },
    { name: 'Error_Reply', version: '1.0', direction: 'out', summary },
  ],
  recognise: () => undefined,
  read: () => ({ command: 'parcel.change', input: undefined }),
  compose: () => ({ body: '', contentType: 'text/plain', type: 'none' }),
});
