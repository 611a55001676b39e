import {
  defineCommand,
  defineEvent,
  defineMessagePack,
  MessageError,
  type MessagePackSpec,
  type MessageType,
  type MessageTypeRef,
  type ReadableMessage,
  Type,
} from '@waybill/contract';

const text = (description: string) => Type.String({ description });

export const place = defineCommand({
  name: 'suite-order.place',
  summary: 'Place an order.',
  input: Type.Object({ number: text('The number.') }),
  output: Type.Object({ receipt: text('Its receipt.') }),
});
export const placed = defineEvent({
  name: 'suite-order.placed',
  summary: 'An order was placed.',
  data: Type.Object({ number: text('The number.'), lines: Type.Array(text('A line.')) }),
});

const typed = { version: '1.0', fields: () => [{ path: 'message', occurs: '1', type: 'text' }] } as const;
const answer: MessageType = { ...typed, name: 'Suite_Answer', direction: 'out', summary: 'Says what became of an order.' };
const order: MessageType = {
  ...typed,
  name: 'Suite_Order',
  direction: 'in',
  summary: 'Places an order.',
  commands: [place],
  reply: answer,
  sample: () => write('Suite_Order', { number: '12007', note: 'x'.repeat(3_000) }),
};
const report: MessageType = {
  ...typed,
  name: 'Suite_Report',
  direction: 'out',
  summary: 'Tells of an order.',
  event: placed,
  sample: () => write('Suite_Report', { number: '12007', lines: ['one', 'two'] }),
};
const notice: MessageType = {
  name: 'Suite_Notice',
  version: '1.0',
  direction: 'out',
  forPeople: true,
  summary: 'Tells people of an order.',
  event: placed,
  sample: () => 'Order 12007 was placed.',
};

/** Messages as JSON whose first member is their type. */
export function write(message: string, data: unknown): string {
  return JSON.stringify({ message, data });
}

function textOf({ body }: ReadableMessage): string {
  return Buffer.from(body).toString('utf8');
}

function parse(message: ReadableMessage): { readonly message: string; readonly data: Readonly<Record<string, unknown>> } {
  try {
    const { message: name, data } = JSON.parse(textOf(message)) as { message: string; data: Record<string, unknown> };
    return { message: name, data: { ...data } };
  } catch (cause) {
    throw new MessageError('WB_SUITE_PACK_UNREADABLE', 'The message is no JSON.', { kind: 'unreadable', cause });
  }
}

function checked(data: unknown): Readonly<Record<string, unknown>> {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  throw new MessageError('WB_SUITE_PACK_WRONG_DATA', 'The data is no object.');
}

const draft = (type: MessageTypeRef, data: unknown) => ({ type: type.name, contentType: 'application/json', body: write(type.name, data) });

/** A small pack of JSON messages with nothing wrong about it. */
export const sound: MessagePackSpec = {
  name: 'suite-pack',
  summary: 'Messages about orders, for the tests of the suite.',
  messages: [order, answer, report, notice],
  recognise(message) {
    const [, name] = /^\{"message":"(\w+)"/.exec(textOf(message).slice(0, 100)) ?? [];
    return [order, answer, report].find((type) => type.name === name);
  },
  read(type, message) {
    if (type.name === notice.name) throw new MessageError('WB_SUITE_PACK_FOR_PEOPLE', 'It is written for people.');
    const { data } = parse(message);
    return { command: type.name === order.name ? place.name : '', input: data };
  },
  compose(type, data) {
    const given = checked(data);
    if (type.name === notice.name)
      return { type: type.name, contentType: 'text/plain', body: `Order ${String(given['number'])} was placed.` };
    return draft(type, type.name === order.name ? checked(given['input']) : given);
  },
  reply: (_, outcome) => draft(answer, outcome.ok ? outcome.output : { code: outcome.error.code }),
};

export const harness = {
  events: {
    'suite-order.placed': [
      { number: '1', lines: [] },
      { number: '2', lines: ['x'] },
    ],
  },
  outputs: { 'suite-order.place': [{ receipt: 'R-1' }] },
};

export const soundPack = defineMessagePack(sound);
