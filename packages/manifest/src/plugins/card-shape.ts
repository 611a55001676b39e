import { type ReceiveGuarantees, type SendGuarantees } from '@waybill/contract';
import { contractVersion } from '@waybill/contract/host';
import { type ManifestNode, TreeBuilder } from '../read/node.ts';
import { readObject } from '../read/object.ts';
import { checkValue } from '../values/check-value.ts';
import { Checking, type Schema } from '../values/setting-schema.ts';

const text: Schema = { type: 'string', minLength: 1 };
const flag: Schema = { type: 'boolean' };
const objectSchema: Schema = {
  type: 'object',
  required: ['type', 'properties'],
  properties: { type: { const: 'object' }, properties: { type: 'object', additionalProperties: { type: 'object' } } },
};
/** A schema for each guarantee, so that the compiler misses none. */
type EachOf<Guarantees> = { readonly [Name in keyof Guarantees]: Schema };

const names: Schema = { type: 'array', items: text };
const side = (guarantees: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  required: ['endpoint', 'guarantees'],
  properties: {
    endpoint: objectSchema,
    guarantees: { type: 'object', required: Object.keys(guarantees), properties: guarantees },
    rules: { type: 'object', properties: { unique: names, needs: names } },
  },
});
const word = (...words: readonly string[]): Schema => ({ type: 'string', enum: words });
const message: Schema = {
  type: 'object',
  required: ['name', 'version', 'direction'],
  properties: {
    name: text,
    version: text,
    direction: word('in', 'out'),
    commands: { type: 'array', items: text },
    event: text,
    reply: text,
  },
};

const kinds: Readonly<Record<string, { readonly required: readonly string[]; readonly properties: Readonly<Record<string, Schema>> }>> = {
  transport: {
    required: ['connection'],
    properties: {
      connection: objectSchema,
      unique: names,
      receive: side({
        transacted: flag,
        ordered: word('no', 'per-endpoint'),
        shared: flag,
        exclusive: flag,
        replies: word('no', 'open', 'addressed'),
        waits: flag,
        redelivers: {
          anyOf: [
            word('no', 'at-once'),
            { type: 'object', required: ['upTo'], properties: { upTo: { type: 'number', minimum: 0 } }, additionalProperties: false },
          ],
        },
        countsAttempts: flag,
      } satisfies EachOf<ReceiveGuarantees>),
      send: side({ requestReply: flag, deduplicates: flag } satisfies EachOf<SendGuarantees>),
    },
  },
  'message-pack': {
    required: ['messages', 'commands', 'events'],
    properties: {
      options: objectSchema,
      writing: objectSchema,
      messages: { type: 'array', items: message },
      commands: { type: 'object', additionalProperties: { type: 'string' } },
      events: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  journal: { required: ['settings'], properties: { settings: objectSchema } },
};

/** What is wrong with a card of our own contract version, as one sentence; undefined when nothing is. Keys that we do not know are allowed. */
export function objectionToCard(card: unknown): string | undefined {
  // Only who maps messages to commands looks at schemas, and they are most of a card.
  const { schemas = {}, ...rest } = (typeof card === 'object' && card !== null ? card : {}) as {
    readonly kind?: unknown;
    readonly schemas?: unknown;
  };
  if (typeof schemas !== 'object' || schemas === null) return 'its "schemas" are no object';
  const { kind } = rest;
  try {
    return objectionTo(readObject(Array.isArray(card) ? card : rest, '', 0, new TreeBuilder(() => undefined)), kind);
  } catch {
    return 'it is too large';
  }
}

function objectionTo(card: ManifestNode, kind: unknown): string | undefined {
  const shape = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (shape === undefined) return `its "kind" is none of ${Object.keys(kinds).join(', ')}`;
  const schema: Schema = {
    type: 'object',
    required: ['name', 'summary', ...shape.required],
    properties: { name: text, summary: { type: 'string' }, contract: { const: contractVersion }, ...shape.properties },
  };
  const checking = new Checking(false);
  checkValue(schema, card, '', card.spot, checking);
  const [first] = checking.findings;
  return first && `${first.path === '' ? 'the card' : first.path}: ${first.message.replace(/\.$/, '')}`;
}
