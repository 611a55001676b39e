import type { JsonSchema } from '@waybill/contract/host';
import { amount, defaults, flag, group, length, optional, type Placeholder, place, setting, text, texts, word } from '../setting.ts';
import type { Schema } from '../values/setting-schema.ts';
import { retry, retryOfRoute } from './retry.ts';

/** Names of connections and entries. */
export const namePattern = '^[a-z0-9][a-z0-9-]*$';

/** What somebody else checks: a section, whose keys are names, or what belongs to a plugin. */
const section = <Value extends object>(description: string, example: Value) =>
  setting<Value>({ type: 'object', description, examples: [example] });
const description = optional(text({ description: 'A note for people; shown in listings.', examples: ['Orders of the web shop'] }));
const connection = text({ description: 'The connection that the messages take, by its name in "connections".', examples: ['erp'] });
const concurrency = (fallback: number) =>
  amount({ description: 'How many messages may be worked on at the same time.', default: fallback, examples: [1, 32] });
const order = (done: string) =>
  setting<'parallel' | 'serial' | { readonly by: 'key' } | Placeholder, true>({
    anyOf: [
      { type: 'string', enum: ['parallel', 'serial'] },
      { type: 'object', properties: { by: { type: 'string', const: 'key' } }, required: ['by'], additionalProperties: false },
    ],
    default: 'parallel',
    examples: ['serial', { by: 'key' }],
    description: `Whether messages are ${done} side by side, strictly one after another, or one after another among those of one object ({ "by": "key" }).`,
  });
const parked = word(
  ['blocks', 'releases'],
  'With an order: whether what follows a parked message waits until a person has dealt with it, so that the order is kept, or goes on without it.',
);
const packs = (about: string, example: Readonly<Record<string, object>>) =>
  optional(section<Readonly<Record<string, object>>>(`Options of message packs for ${about}, by the name of the pack.`, example));
const store = (about: string) => optional(text({ description: about, examples: ['10101'] }));

/** The keys of the manifest itself, those that everybody needs first. What stands inside the sections is checked section by section, since it depends on the plugins. */
export const manifestShape = group({
  plugins: texts({
    description: 'Packages of the plugins, folders relative to the manifest, or files that declare messages (./returns.message.yaml).',
    examples: [['@waybill/transport-file', '@waybill/pack-fulfillment', '@waybill/journal-sqlite']],
  }),
  app: optional(place({ description: 'The module that default-exports defineApplication(…).', examples: ['./app.js'] })),
  journal: section('Where every message is recorded: "use" names the journal, beside its own settings.', {
    use: 'sqlite',
    path: './data/journal.db',
  }),
  connections: optional(section('The configured transports, by name.', { erp: { transport: 'file', path: './exchange' } })),
  inbound: optional(section('Where messages come in, by name.', { 'order-status': { connection: 'erp', pattern: 'status-*.xml' } })),
  outbound: optional(section('Where messages go out, by name.', { orders: { connection: 'erp', name: 'order-{id}.xml' } })),
  routes: optional(
    setting<readonly object[]>({
      type: 'array',
      items: { type: 'object' },
      description: 'Which event goes where.',
      examples: [[{ event: 'order.created', message: 'Report_NC_PurchaseOrder@1.0', to: ['orders'] }]],
    }),
  ),
  name: optional(text({ description: 'The name of this system in logs. Default: the name of the folder.', examples: ['web-shop'] })),
  log: defaults(
    { level: word(['debug', 'info', 'warn', 'error', 'silent'], 'The least important lines that are written.', 'info') },
    { description: 'What is logged.', examples: [{ level: 'debug' }] },
  ),
  stop: defaults(
    {
      grace: length({
        description: 'How long draining may take before the rest is left to the next start.',
        default: '30s',
        examples: ['2m'],
      }),
    },
    { description: 'How Waybill stops.', examples: [{ grace: '2m' }] },
  ),
  $schema: optional(
    text({
      description: 'The JSON Schema with which an editor completes the manifest, as `waybill schema` writes it. Waybill does not read it.',
      examples: ['./waybill.schema.json'],
    }),
  ),
});

export const journalShape = group({
  use: text({ description: 'The journal by its name, such as "sqlite".', examples: ['sqlite'] }),
  keep: length({
    description: 'How long messages that are done are remembered: for so long duplicates are recognised.',
    default: '30d',
    examples: ['90d'],
  }),
});

export const connectionShape = group({
  transport: text({ description: 'The transport by its name, such as "file".', examples: ['file'] }),
});

export const inboundShape = group({
  connection,
  messages: optional(
    setting<readonly string[]>({
      ...texts({
        description: 'The message types that are accepted. Default: every inbound type of the loaded packs.',
        examples: [['Update_WCS_OrderStatus', 'Update_NC_ProductInventory@1.0']],
      }),
      minItems: 1,
    }),
  ),
  accept: word(['processed', 'stored'], 'When the sender gets its answer: after the handler, or once the message is durably stored.'),
  order: order('worked on'),
  parked,
  concurrency: concurrency(8),
  timeout: length({ description: 'How long one attempt of the handler may take.', default: '30s', examples: ['5m'] }),
  retry: retry(5),
  store: store('The store of messages that name none.'),
  allow: optional(
    setting<Readonly<Record<string, 'all' | readonly string[]>>>({
      type: 'object',
      minProperties: 1,
      additionalProperties: { anyOf: [{ const: 'all' }, { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true }] },
      description: 'Which messages a sender may send, by its name; "*" stands for everybody. Default: no restriction.',
      examples: [{ 'back-end': 'all', '*': ['Update_WCS_OrderStatus'] }],
    }),
  ),
  credentials: word(['check', 'ignore'], 'Whether credentials inside a message are checked by the application.'),
  feeds: optional(
    setting<readonly string[]>({
      ...texts({
        description:
          'The outbound entries without which the work of this entry makes no sense. While all of them are away, each place takes one message a second, so that the rest waits at its source. Senders who wait for an answer are not slowed down.',
        examples: [['erp-orders']],
      }),
      minItems: 1,
    }),
  ),
  errorsTo: optional(
    text({
      description:
        'The outbound entry that gets a copy of each message that is parked: its bytes as they came, with the correlation id of the message, and the reason in the properties `waybill-code` and `waybill-reason`. The message itself stays parked.',
      examples: ['error-queue'],
    }),
  ),
  packs: packs('reading and answering', { fulfillment: { emptyElementClearsData: true } }),
  encoding: optional(
    text({
      description: 'The encoding of text where neither the transport nor the document tells it. Default: UTF-8.',
      examples: ['iso-8859-1'],
    }),
  ),
  archive: flag('Whether messages are kept in the journal after they are done.', false),
  enabled: flag('False: the entry is checked but not opened.', true),
  description,
});

export const outboundShape = group({
  connection,
  order: order('sent'),
  parked,
  concurrency: concurrency(4),
  timeout: length({
    description: 'How long one attempt to send may take, and how long a request waits for its reply.',
    default: '30s',
    examples: ['2m'],
  }),
  retry: retry(8),
  rate: optional(
    group(
      {
        messages: amount({ description: 'How many messages.', examples: [100] }),
        per: length({ description: 'In what time.', examples: ['1m'] }),
      },
      {
        description:
          'How much one process sends to it at most. What was not used is saved, up to the number of messages. Default: no limit.',
        examples: [{ messages: 100, per: '1m' }],
      },
    ),
  ),
  unknown: optional(
    setting<'retry' | 'park' | Placeholder>({
      type: 'string',
      enum: ['retry', 'park'],
      examples: ['park'],
      description:
        'What to do with a message of which nobody can tell whether it arrived. Default: "retry" where the far side recognises duplicates or the process ended during the send, else "park".',
    }),
  ),
  packs: packs('writing', { legacy: { encoding: 'cp037' } }),
  replies: packs('reading the replies to requests', { fulfillment: { lenient: { unknown: 'pass' } } }),
  archive: flag('Whether messages are kept in the journal after they are sent.', false),
  enabled: flag('False: the entry is checked but not opened, and routes pass it by.', true),
  description,
});

export const routeShape = group({
  event: text({ description: 'What happened in the application.', examples: ['order.created'] }),
  message: text({
    description: 'The message that tells of it, with its version where there are several.',
    examples: ['Report_NC_PurchaseOrder@1.0'],
  }),
  to: setting<readonly string[]>({
    ...texts({ description: 'The outbound entries that get it.', examples: [['orders', 'archive']] }),
    minItems: 1,
  }),
  store: store('Only events of this store. Default: every store that has no route of its own.'),
  priority: optional(
    setting<readonly [number, number]>({
      type: 'array',
      items: { type: 'integer' },
      minItems: 2,
      maxItems: 2,
      description: 'The lowest and the highest priority that the route takes. Default: all.',
      examples: [[0, 4]],
    }),
  ),
  when: optional(
    setting<Readonly<Record<string, string | readonly string[]>>>({
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        anyOf: [
          { type: 'string', minLength: 1 },
          { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, uniqueItems: true },
        ],
      },
      description:
        'Only events whose business keys have these values, each by its name: one value, or a list of which any will do. Default: all events.',
      examples: [{ buyer: 'larkfield' }, { buyer: ['larkfield', 'brightwater'] }],
    }),
  ),
  retry: retryOfRoute,
});

/** The settings of a manifest that mean the same whatever its plugins are, by the part that they stand in. */
export const manifestShapes: Readonly<Record<'manifest' | 'journal' | 'connection' | 'inbound' | 'outbound' | 'route', JsonSchema>> = {
  manifest: { ...manifestShape },
  journal: { ...journalShape },
  connection: { ...connectionShape },
  inbound: { ...inboundShape },
  outbound: { ...outboundShape },
  route: { ...routeShape },
};

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
