import { duration, path, settings, Type } from '@waybill/contract';
import type { Schema } from './values/setting-schema.ts';

/** Names of connections and entries. */
export const namePattern = '^[a-z0-9][a-z0-9-]*$';

const anyObject = (description: string) => Type.Unsafe<object>({ type: 'object', description });
const flag = (description: string, fallback: boolean) => Type.Boolean({ description, default: fallback });
const description = Type.Optional(Type.String({ description: 'A note for people; shown in listings.' }));
const connection = Type.String({ minLength: 1, description: 'The connection that the messages take, by its name in "connections".' });
const concurrency = (fallback: number) =>
  Type.Integer({ minimum: 1, maximum: 1000, default: fallback, description: 'How many messages may be worked on at the same time.' });
const retry = (attempts: number) =>
  settings(
    {
      attempts: Type.Integer({
        minimum: 1,
        maximum: 1000,
        default: attempts,
        description: 'How many attempts in all, the first included.',
      }),
      first: duration({ description: 'The wait after the first failure; it doubles with each further one.', default: '1s' }),
      most: duration({ description: 'The longest wait between two attempts.', default: '5m' }),
    },
    { description: 'What happens after a failure that may pass.', default: {} } as { description: string },
  );
const order = (done: string) =>
  Type.Unsafe<'parallel' | 'serial' | { readonly by: 'key' }>({
    anyOf: [
      { type: 'string', enum: ['parallel', 'serial'] },
      { type: 'object', properties: { by: { type: 'string', const: 'key' } }, required: ['by'], additionalProperties: false },
    ],
    default: 'parallel',
    description: `Whether messages are ${done} side by side, strictly one after another, or one after another among those of one object ({ "by": "key" }).`,
  });
const parked = Type.Unsafe<'blocks' | 'releases'>({
  type: 'string',
  enum: ['blocks', 'releases'],
  default: 'blocks',
  description:
    'With an order: whether what follows a parked message waits until a person has dealt with it, so that the order is kept, or goes on without it.',
});
const store = (text: string) => Type.Optional(Type.String({ minLength: 1, description: text }));
const messageNames = (text: string) => Type.Array(Type.String({ minLength: 1 }), { minItems: 1, uniqueItems: true, description: text });

/** The keys of the manifest itself. What stands inside the sections is checked section by section, since it depends on the plugins. */
export const manifestShape = settings({
  $schema: Type.Optional(Type.String({ description: 'The JSON Schema for an editor; ignored.' })),
  name: Type.Optional(Type.String({ minLength: 1, description: 'The name of this system in logs. Default: the name of the folder.' })),
  plugins: Type.Array(Type.String({ minLength: 1 }), {
    uniqueItems: true,
    description: 'Packages of the plugins, or folders relative to the manifest.',
  }),
  app: Type.Optional(path({ description: 'The module that default-exports defineApplication(…).' })),
  journal: anyObject('Where every message is recorded: "use" names the journal, beside its own settings.'),
  connections: Type.Optional(anyObject('The configured transports, by name.')),
  inbound: Type.Optional(anyObject('Where messages come in, by name.')),
  outbound: Type.Optional(anyObject('Where messages go out, by name.')),
  routes: Type.Optional(Type.Unsafe<object[]>({ type: 'array', items: { type: 'object' }, description: 'Which event goes where.' })),
  log: settings(
    {
      level: Type.Unsafe<string>({
        type: 'string',
        enum: ['debug', 'info', 'warn', 'error', 'silent'],
        default: 'info',
        description: 'The least important lines that are written.',
      }),
    },
    { description: 'What is logged.', default: {} } as { description: string },
  ),
  stop: settings(
    { grace: duration({ description: 'How long draining may take before the rest is left to the next start.', default: '30s' }) },
    { description: 'How Waybill stops.', default: {} } as { description: string },
  ),
});

export const connectionShape = settings({
  transport: Type.String({ minLength: 1, description: 'The transport by its name, such as "file".' }),
});

export const inboundShape = settings({
  connection,
  messages: Type.Optional(messageNames('The message types that are accepted. Default: every inbound type of the loaded packs.')),
  accept: choice(['processed', 'stored'], 'When the sender gets its answer: after the handler, or once the message is durably stored.'),
  order: order('worked on'),
  parked,
  packs: Type.Optional(anyObject('Options of message packs for reading, by the name of the pack.')),
  encoding: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'The encoding of text where neither the transport nor the document tells it. Default: UTF-8.',
    }),
  ),
  concurrency: concurrency(8),
  retry: retry(5),
  timeout: duration({ description: 'How long one attempt of the handler may take.', default: '30s' }),
  store: store('The store of messages that name none.'),
  allow: Type.Optional(
    Type.Unsafe<object>({
      type: 'object',
      minProperties: 1,
      additionalProperties: { anyOf: [{ const: 'all' }, { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true }] },
      description: 'Which messages a sender may send, by its name; "*" stands for everybody. Default: no restriction.',
    }),
  ),
  credentials: choice(['check', 'ignore'], 'Whether credentials inside a message are checked by the application.'),
  archive: flag('Whether messages are kept in the journal after they are done.', false),
  enabled: flag('False: the entry is checked but not opened.', true),
  description,
});

export const outboundShape = settings({
  connection,
  order: order('sent'),
  parked,
  unknown: Type.Optional(
    Type.Unsafe<'retry' | 'park'>({
      type: 'string',
      enum: ['retry', 'park'],
      description:
        'What to do with a message of which nobody can tell whether it arrived. Default: "retry" where the far side recognises duplicates or the process ended during the send, else "park".',
    }),
  ),
  concurrency: concurrency(4),
  retry: retry(8),
  timeout: duration({ description: 'How long one attempt to send may take, and how long a request waits for its reply.', default: '30s' }),
  archive: flag('Whether messages are kept in the journal after they are sent.', false),
  enabled: flag('False: the entry is checked but not opened, and routes pass it by.', true),
  description,
});

export const routeShape = settings({
  event: Type.String({ minLength: 1, description: 'What happened in the application.' }),
  message: Type.String({ minLength: 1, description: 'The message that tells of it, with its version where there are several.' }),
  to: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, uniqueItems: true, description: 'The outbound entries that get it.' }),
  store: store('Only events of this store. Default: every store that has no route of its own.'),
  priority: Type.Optional(
    Type.Unsafe<[number, number]>({
      type: 'array',
      items: { type: 'integer' },
      minItems: 2,
      maxItems: 2,
      description: 'The lowest and the highest priority that the route takes. Default: all.',
    }),
  ),
});

export const journalShape = settings({
  use: Type.String({ minLength: 1, description: 'The journal by its name, such as "sqlite".' }),
  keep: duration({ description: 'How long messages that are done are remembered: for so long duplicates are recognised.', default: '30d' }),
});

/** The settings of a manifest that mean the same whatever its plugins are, by the part that they stand in. */
export const manifestShapes = {
  manifest: manifestShape,
  journal: journalShape,
  connection: connectionShape,
  inbound: inboundShape,
  outbound: outboundShape,
  route: routeShape,
} as const;

function choice<const Choices extends readonly string[]>(choices: Choices, text: string) {
  return Type.Unsafe<Choices[number]>({ type: 'string', enum: choices, default: choices[0], description: text });
}

/** One schema for what stands side by side: the kernel's keys first, then those of the plugin. */
export function sideBySide(own: Schema, plugin: Schema): Schema {
  return {
    ...plugin,
    type: 'object',
    properties: { ...plugin.properties, ...own.properties },
    required: [...(own.required ?? []), ...(plugin.required ?? [])],
    additionalProperties: plugin.additionalProperties ?? false,
  };
}
