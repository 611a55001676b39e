import { describe, expect, it } from 'vitest';
import { defineApplication, handle } from '../src/application-author.ts';
import { cardOf, contractVersion, isDefinition } from '../src/host.ts';
import {
  type AnyTransport,
  bytes,
  defineCommand,
  defineErrors,
  defineEvent,
  defineJournal,
  defineMessagePack,
  defineTransport,
  duration,
  type InputOf,
  type MessagePackSpec,
  type OutputOf,
  type Settlement,
  type Static,
  secret,
  settings,
  TransportError,
  Type,
} from '../src/index.ts';

const guarantees = {
  transacted: false,
  ordered: 'no',
  shared: true,
  exclusive: false,
  replies: 'no',
  waits: false,
  redelivers: 'no',
  countsAttempts: false,
} as const;
const listener = { run: async () => undefined };
const sender = { send: async () => ({}), close: async () => undefined };
const sending = { guarantees: { requestReply: false, deduplicates: false }, open: async () => sender };
const place = settings({ place: Type.String({ description: 'Where.' }) });

const carrierPigeon = defineTransport({
  name: 'pigeon',
  summary: 'Carries messages by pigeon.',
  connection: settings({ loft: Type.String({ description: 'Where the pigeons live.' }) }),
  connect: async ({ loft }) => ({ loft }),
  receive: { endpoint: place, guarantees, open: async () => listener },
});

const pack: MessagePackSpec = {
  name: 'empty',
  summary: 'Nothing.',
  messages: [],
  recognise: () => undefined,
  read: () => ({ command: '', input: {} }),
  compose: () => ({ body: '', contentType: '', type: '' }),
};

/** The query makes it another module: what a second installed copy of the package is. */
const copyOf = (module: string) => `../src/${module}.ts?copy`;

describe('a definition', () => {
  it('is recognised by its kind, also by another copy of this package', async () => {
    const copy = (await import(copyOf('plugin'))) as { isDefinition: typeof isDefinition };
    expect(copy.isDefinition(carrierPigeon, 'transport')).toBe(true);
    expect(copy.isDefinition(carrierPigeon, 'journal')).toBe(false);
    expect(copy.isDefinition({ ...carrierPigeon }, 'transport')).toBe(false);
  });

  it('says for which contract it was written, and cannot be changed', () => {
    expect(carrierPigeon.contract).toBe(contractVersion);
    expect(() => Object.assign(carrierPigeon, { name: 'crow' })).toThrow(TypeError);
  });

  it('has a card that is plain JSON', () => {
    const card = cardOf(carrierPigeon);
    expect(card).toEqual(JSON.parse(JSON.stringify(card)));
    expect(card).toMatchObject({
      kind: 'transport',
      name: 'pigeon',
      receive: { guarantees, endpoint: { required: ['place'], additionalProperties: false } },
    });
    expect(card).not.toHaveProperty('send');
  });

  it('of a journal or a pack has a card too, anything else has none', () => {
    const journal = defineJournal({
      name: 'none',
      summary: 'Keeps nothing.',
      settings: settings({}),
      open: () => Promise.reject(new Error('closed')),
    });
    expect(cardOf(journal)).toMatchObject({ kind: 'journal', name: 'none' });
    expect(cardOf(defineMessagePack(pack))).toMatchObject({ kind: 'message-pack', messages: [] });
    expect(() => cardOf({})).toThrow(TypeError);
  });
});

describe('what is refused where it is defined', () => {
  it('is an endpoint setting that belongs to the kernel', () => {
    const endpoint = settings({ retry: duration({ description: 'Ours.' }) }) as never;
    expect(() => defineTransport({ ...carrierPigeon, receive: { endpoint, guarantees, open: async () => listener } })).toThrow(
      /"retry" belongs to the kernel/,
    );
  });

  it('is not an outbound setting that has the name of a key of inbound entries only', () => {
    const endpoint = settings({ accept: Type.String({ description: 'Ours.' }) });
    expect(defineTransport({ ...carrierPigeon, send: { ...sending, endpoint } }).send?.endpoint).toBe(endpoint);
  });

  it('is a command or an event whose name is not noun.verb', () => {
    expect(() => defineCommand({ name: 'order.update status', summary: '', input: Type.Object({}) })).toThrow(TypeError);
    expect(() => defineEvent({ name: 'order.', summary: '', data: Type.Object({}) })).toThrow(TypeError);
  });

  it('is a message type that a pack declares twice', () => {
    const type = { name: 'Note', version: '1', direction: 'in', summary: 'A note.' } as const;
    expect(() => defineMessagePack({ ...pack, messages: [type, type] })).toThrow(/Note@1 twice/);
  });
});

/** Held by the compiler, not by running: each line below must not compile. */
export function whatMustNotCompile(settlement: Settlement): string {
  const count = defineCommand({
    name: 'note.count',
    summary: '',
    input: Type.Object({ text: Type.String() }),
    output: Type.Object({ count: Type.Integer() }),
  });
  const write = defineCommand({ name: 'note.write', summary: '', input: Type.Object({ text: Type.String() }) });
  const written = defineEvent({ name: 'note.written', summary: '', data: Type.Object({ text: Type.String() }) });

  handle(count, ({ text }) => ({ count: text.length }));
  // @ts-expect-error a handler answers what its command says
  handle(count, () => ({ count: 'many' }));
  // @ts-expect-error a handler receives what its command says
  handle(count, ({ number }) => ({ count: number }));
  // @ts-expect-error what is published fits the event
  handle(write, (_, context) => context.publish(written, { text: 1 }));
  // @ts-expect-error an input has the type of its schema
  const input: InputOf<typeof count> = { text: 1 };
  // @ts-expect-error an output has the type of its schema
  const output: OutputOf<typeof count> = { count: 'x' };
  // @ts-expect-error an application has handlers
  defineApplication({});
  // @ts-expect-error an endpoint setting cannot use a key of the kernel
  defineTransport({ ...carrierPigeon, receive: { endpoint: settings({ retry: Type.String() }), guarantees, open: async () => listener } });
  // @ts-expect-error nor can one of the sending side
  defineTransport({ ...carrierPigeon, send: { ...sending, endpoint: settings({ archive: Type.String() }) } });
  // @ts-expect-error a key that only inbound entries have is the kernel's on the receiving side
  defineTransport({ ...carrierPigeon, receive: { endpoint: settings({ accept: Type.String() }), guarantees, open: async () => listener } });
  // @ts-expect-error a duration reaches the plugin as a number
  const wait: string = {} as Static<ReturnType<typeof duration>>;
  // @ts-expect-error guarantees are declared whole
  defineTransport({ ...carrierPigeon, receive: { endpoint: place, guarantees: { transacted: false }, open: async () => listener } });
  // @ts-expect-error an outcome is one of four
  const both: Settlement = { outcome: 'maybe' };
  // @ts-expect-error a retry says when
  const never: Settlement = { outcome: 'retry', fault: { kind: 'invalid', code: 'x', reason: 'x' } };
  // @ts-expect-error a fault is of a kind that every border understands
  const odd: Settlement = { outcome: 'rejected', fault: { kind: 'teapot', code: 'x', reason: 'x' } };
  // @ts-expect-error a setting has a description
  duration({});
  // @ts-expect-error a length of time is a whole number and its unit
  duration({ description: 'How long.', default: '10 seconds' });
  // @ts-expect-error so is an example
  duration({ description: 'How long.', examples: ['10'] });
  // @ts-expect-error an amount of data has another unit
  bytes({ description: 'How much.', default: '10s' });
  // @ts-expect-error a secret with a default is none
  secret({ description: 'What opens it.', default: 'sesame' });
  // @ts-expect-error the code of an error starts with WB_
  defineErrors({ X_GONE: { means: 'It is gone.', remedy: 'Look for it.' } });
  // @ts-expect-error a command is named noun.verb
  defineCommand({ name: 'Update Status', summary: '', input: Type.Object({}) });
  // @ts-expect-error in lower case
  defineEvent({ name: 'Order.Created', summary: '', data: Type.Object({}) });
  // @ts-expect-error an error code starts with WB_
  const error = new TransportError('E_FAIL', 'No.');
  const transport: AnyTransport = carrierPigeon;
  switch (settlement.outcome) {
    case 'accepted':
      // @ts-expect-error only a retry has a wait
      return String([settlement.after, input, output, both, never, odd, error, transport, wait]);
    case 'retry':
      return String(settlement.after);
    case 'rejected':
      return settlement.fault.reason;
    case 'released':
      return '';
  }
}
