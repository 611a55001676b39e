import {
  CommandError,
  type Credentials,
  type Draft,
  defineCommand,
  defineEvent,
  defineMessagePack,
  type Message,
  MessageError,
  type ReplyOutcome,
  Type,
} from '@waybill/contract';

/** A small message pack over JSON: enough to ask the kernel every question about messages. */
export const noteInput = Type.Object(
  { text: Type.String(), number: Type.Optional(Type.Integer()), key: Type.Optional(Type.String()) },
  { additionalProperties: false },
);
export const writeNote = defineCommand({
  name: 'note.write',
  summary: 'Writes a note.',
  input: noteInput,
  orderKey: ({ key }) => key,
  businessKeys: ({ key }): Record<string, string> => (key === undefined ? {} : { note: key }),
});
export const countNotes = defineCommand({
  name: 'note.count',
  summary: 'Counts notes.',
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({ count: Type.Integer() }, { additionalProperties: false }),
});
export const noteWritten = defineEvent({
  name: 'note.written',
  summary: 'A note was written.',
  data: noteInput,
  orderKey: ({ key }) => key,
});
export const noteAsked = defineEvent({ name: 'note.asked', summary: 'Asks for a note.', data: noteInput, reply: noteInput });

interface Body {
  readonly kind: string;
  readonly store?: string;
  readonly credentials?: Credentials;
  readonly [key: string]: unknown;
}

export const notesPack = defineMessagePack({
  name: 'notes',
  summary: 'Notes as JSON.',
  messages: [
    { name: 'Note', version: '1', direction: 'in', summary: 'A note.', commands: [writeNote] },
    {
      name: 'Count',
      version: '1',
      direction: 'in',
      summary: 'How many?',
      commands: [countNotes],
      reply: { name: 'Counted', version: '1' },
    },
    { name: 'Counted', version: '1', direction: 'out', summary: 'So many.' },
    { name: 'Written', version: '1', direction: 'out', summary: 'It was written.', event: noteWritten },
    { name: 'Ask', version: '1', direction: 'out', summary: 'A question.', event: noteAsked, reply: { name: 'Note', version: '1' } },
  ],
  recognise(message) {
    const text = Buffer.from(message.body).toString();
    if (text.includes('"broken pack"')) throw new TypeError('a defect');
    const [, kind] = /"kind":"(\w+)"/.exec(text) ?? [];
    const known = ['Note', 'Count', 'Counted', 'Written', 'Ask'].find((name) => name === kind);
    return known === undefined ? undefined : { name: known, version: '1' };
  },
  read(type, message) {
    const { kind: _, store, credentials, ...input } = parse(message);
    const command = type.name === 'Count' ? 'note.count' : 'note.write';
    return { command, input, store, credentials };
  },
  compose: (type, data): Draft => draft(type.name, data as object),
  reply(type, outcome: ReplyOutcome): Draft | undefined {
    if (type.name !== 'Count') return undefined;
    return outcome.ok ? draft('Counted', outcome.output as object) : draft('Counted', { failed: outcome.error.code });
  },
});

function draft(kind: string, data: object): Draft {
  return { body: JSON.stringify({ kind, ...data }), contentType: 'application/json', type: kind };
}

function parse(message: Message): Body {
  try {
    return JSON.parse(Buffer.from(message.body).toString()) as Body;
  } catch (cause) {
    throw new MessageError('WB_NOTE_NOT_JSON', 'The note is not JSON.', { cause });
  }
}

/** The text of a message, as it stands on a queue. */
export function note(text: string, more: object = {}): string {
  return JSON.stringify({ kind: 'Note', text, ...more });
}

export function busy(): CommandError {
  return new CommandError('WB_NOTE_BUSY', 'Busy.', { retryable: true });
}

export function refused(): CommandError {
  return new CommandError('WB_NOTE_REFUSED', 'Refused.');
}
