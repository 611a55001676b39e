import { defineMessagePack, type MessagePackDefinition, type MessagePackSpec, type MessageType, settings, Type } from '@waybill/contract';
import { type Constraint, constraints } from '../../src/pack/constraints/report.ts';
import { parcelPack, type Slip } from './parcel.ts';
import { sound, write } from './sound.ts';
import { ticketPack } from './ticket.ts';

/** A pack with one fault, and the question that has to find it. */
export interface Fault {
  readonly name: string;
  readonly finds: string;
  readonly pack: MessagePackDefinition;
}

function fault(name: string, finds: string, change: Partial<MessagePackSpec>): Fault {
  return { name, finds, pack: defineMessagePack({ ...sound, name, ...change }) };
}

/** A pack of parcels that slips in one way. */
function slip(name: string, constraint: Constraint, ...slips: readonly Slip[]): Fault {
  return { name, finds: refusedWhere(constraint), pack: parcelPack(name, slips) };
}

const refusedWhere = (constraint: Constraint): string => `is refused, and the place is named, ${constraints[constraint]}`;

/** The same pack with message types that say something else. */
const types = (change: (type: MessageType) => MessageType): Partial<MessagePackSpec> => ({ messages: sound.messages.map(change) });

let calls = 0;
const unreadable = 'is an error of ours when a message Suite_Order@1.0 is cut short or damaged, or is read all the same';
const sameRead = 'is read in the same way each time, and nobody changes it';
const sameDraft = 'is written in the same way each time, and nobody changes what it is made from';
const same = 'holds what was read from the message that it is made like';

export const faults: readonly Fault[] = [
  fault('has-a-summary-without-a-stop', 'has a name that reads well in a manifest, and summaries of one sentence', { summary: 'messages' }),
  fault(
    'asks-for-nothing',
    'binds each message that comes in to commands',
    types((type) => ({ ...type, commands: undefined })),
  ),
  fault(
    'answers-with-what-it-does-not-know',
    'knows the message types that answer its own',
    types((type) => (type.direction === 'in' ? { ...type, reply: { name: 'Unknown', version: '1.0' } } : type)),
  ),
  fault('takes-any-option', 'describes every option, refuses unknown ones and has defaults that it would accept', {
    options: Type.Object({}),
  }),
  fault('does-not-describe-an-option', 'describes every option, refuses unknown ones and has defaults that it would accept', {
    options: settings({ lenient: Type.Boolean({ default: false }) }),
  }),
  fault(
    'has-an-empty-table',
    'has a table of the fields of Suite_Order@1.0, one line each, that says how often they occur and what they hold',
    types((type) => ({ ...type, fields: () => [] })),
  ),
  fault(
    'has-lines-twice',
    'has a table of the fields of Suite_Order@1.0, one line each, that says how often they occur and what they hold',
    types((type) => ({ ...type, fields: () => [1, 2].map(() => ({ path: 'a', occurs: '1', type: 'text' })) })),
  ),
  fault('takes-what-people-read-for-a-message', 'is not read again, and its sample is nobody’s message', {
    recognise: (message, options) => sound.recognise(message, options) ?? sound.messages[3],
  }),
  fault('reads-what-people-read', 'is not read again, and its sample is nobody’s message', {
    read: (type, ...read) => (type.name === 'Suite_Notice' ? { command: '', input: {} } : sound.read(type, ...read)),
  }),
  fault(
    'tells-people-of-no-event',
    'tells of an event',
    types((type) => (type.forPeople ? { ...type, event: undefined } : type)),
  ),
  fault(
    'tells-people-another-story-each-time',
    'tells of every event that it was given in the same way each time, and nobody changes its data',
    {
      compose(type, ...composed) {
        const draft = sound.compose(type, ...composed);
        return type.name === 'Suite_Notice' ? { ...draft, body: `Order ${calls++} was placed.` } : draft;
      },
    },
  ),
  fault('recognises-nothing', 'is recognised, as this type and no other', { recognise: () => undefined }),
  fault('recognises-the-first', 'is recognised, as this type and no other', { recognise: () => sound.messages[1] }),
  fault('looks-at-the-end', 'is recognised by its beginning, whatever the end is like', {
    recognise: (message, options) => (Buffer.from(message.body).toString().endsWith('}') ? sound.recognise(message, options) : undefined),
  }),
  fault('recognises-everything', 'is nobody’s message, or an error of ours', {
    recognise: (message, options) => sound.recognise(message, options) ?? sound.messages[0],
  }),
  fault('throws-at-what-it-does-not-know', 'is nobody’s message, or an error of ours', {
    recognise(message, options) {
      if (message.body.length === 0) throw new RangeError('There is nothing.');
      return sound.recognise(message, options);
    },
  }),
  fault('reads-into-dates', 'is read into values that JSON can hold, and asks for one of the commands of its type', {
    read: (...read) => ({ ...sound.read(...read), input: { at: new Date(0) } }),
  }),
  fault('asks-for-another-command', 'is read into values that JSON can hold, and asks for one of the commands of its type', {
    read: (...read) => ({ ...sound.read(...read), command: 'suite-order.cancel' }),
  }),
  fault('reads-with-a-counter', sameRead, {
    read(...read) {
      const { input, command } = sound.read(...read);
      return { command, input: { ...(input as object), number: (calls += 1) } };
    },
  }),
  fault('changes-the-message', sameRead, {
    read(type, message, options) {
      const read = sound.read(type, message, options);
      message.body[message.body.length - 1] = 0x20;
      return read;
    },
  }),
  fault('throws-foreign-errors', unreadable, {
    read: (type, message) => ({ command: type.name, input: JSON.parse(Buffer.from(message.body).toString()) as unknown }),
  }),
  fault('loses-a-field', same, {
    compose: (type, data, context) => sound.compose(type, { ...(data as object), lines: [], input: {} }, context),
  }),
  fault('composes-another-message', same, {
    compose: (type, data, context) => ({ ...sound.compose(type, data, context), body: write('Suite_Answer', {}) }),
  }),
  fault('composes-with-the-time', sameDraft, {
    compose: (type, data, context) => ({ ...sound.compose(type, data, context), properties: { at: String((calls += 1)) } }),
  }),
  fault('changes-what-it-composes-from', sameDraft, {
    compose(type, data, context) {
      const draft = sound.compose(type, data, context);
      (data as Record<string, unknown>)['seen'] = calls += 1;
      return draft;
    },
  }),
  fault('has-no-content-type', sameDraft, { compose: (...composed) => ({ ...sound.compose(...composed), contentType: '' }) }),
  fault('does-not-tell-of-short-orders', 'tells of every event that it was given, and holds its data', {
    compose(type, data, context) {
      const { lines } = data as { lines?: readonly string[] };
      return sound.compose(type, lines?.length === 1 ? { ...(data as object), lines: ['y'] } : data, context);
    },
  }),
  fault('composes-from-nothing', 'is an error of ours when a message is to be composed from nothing that makes sense', {
    compose: (type, data, context) =>
      sound.compose(type, { ...(data as { number: unknown }), number: (data as { number: unknown }).number }, context),
  }),
  fault('has-no-replies', 'can be composed', { reply: undefined as never }),
  fault('replies-with-a-counter', 'to what failed, and to what could not be read, is a message that goes out or none, the same each time', {
    reply: (...replied) => ({ ...(sound.reply?.(...replied) ?? ({} as never)), priority: (calls += 1) % 10 }),
  }),
  fault(
    'replies-with-what-comes-in',
    'to what failed, and to what could not be read, is a message that goes out or none, the same each time',
    {
      reply: () => ({ type: 'Suite_Order', contentType: 'application/json', body: write('Suite_Order', {}) }),
    },
  ),
  fault('does-not-answer-success', 'to what succeeded is a message of its type, the same each time', {
    reply: (type, outcome, context) => (outcome.ok ? undefined : sound.reply?.(type, outcome, context)),
  }),
  slip('accepts-a-text-that-is-too-long', 'wrong text', 'length'),
  slip('tells-the-place-around', 'wrong text', 'place'),
  slip('ignores-a-third-line', 'too many', 'count'),
  slip('takes-any-order', 'wrong order', 'order'),
  slip('takes-another-version', 'wrong constant', 'constant'),
  slip('passes-over-what-it-does-not-know', 'unknown', 'stranger'),
  slip('misses-nothing', 'missing', 'missing'),
  { name: 'reads-a-record-that-ends-early', finds: refusedWhere('cut short'), pack: ticketPack('reads-a-record-that-ends-early', 10) },
];
