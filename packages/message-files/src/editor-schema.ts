import type { JsonSchema } from '@waybill/contract/host';
import type { KnownMeanings } from '@waybill/manifest';
import { formats } from './formats/formats.ts';
import { schemaKeywords } from './notation/json-schema.ts';
import { joints } from './texts/joints.ts';
import { textTypes } from './texts/text-types.ts';

const text = (description: string, more: object = {}): JsonSchema => ({ type: 'string', description, ...more });
const object = (properties: object, more: object = {}): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...more,
});
const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });
const flag = (description: string): JsonSchema => ({ type: 'boolean', description });

/**
 * A JSON Schema for editors: completion, descriptions and a first check while somebody writes a message file. It is wider than the check
 * of the file: it knows no fields, and not which keys of a node go together.
 */
export function messageFileSchema({ commands, events }: KnownMeanings): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Waybill message file',
    ...object(
      {
        pack: text('The word for the pack of the file, in manifests and logs. Default: the name of the file.'),
        summary: text('What the messages of the file are for.'),
        commands: ofNames('New commands, by name. Others are named only.', ref('command')),
        events: ofNames('New events, by name.', ref('event')),
        types: {
          type: 'object',
          description: 'Types of text that the file names itself, by name.',
          patternProperties: { '^[A-Z][A-Za-z0-9-]*$': ref('type') },
          additionalProperties: false,
        },
        parts: { description: 'A place for anchors (&name) of what several messages have. Not looked at itself.' },
        messages: { type: 'array', minItems: 1, description: 'The messages of the file.', items: ref('message') },
      },
      { required: ['messages'] },
    ),
    definitions: {
      message: message(
        commands.map(({ name }) => name),
        events.map(({ name }) => name),
      ),
      answer: object(answerKeys(commands.map(({ name }) => name)), { required: ['message', 'version', 'body'] }),
      ...nodes(),
      type: {
        anyOf: [
          text('A type that every file has, such as id(2..20 upper).', { examples: Object.values(textTypes).map(({ form }) => form) }),
          object(
            {
              pattern: text('What the whole text matches, as a regular expression without ^ and $.'),
              says: text('What that is in words: completes "The value is not …".'),
              example: text('A text for samples.'),
            },
            { required: ['pattern', 'says'] },
          ),
          object({ words: { type: 'array', minItems: 1, items: text('A word that it may be.') } }, { required: ['words'] }),
          object({ yes: text('The word for yes.'), no: text('The word for no.') }, { required: ['yes', 'no'] }),
        ],
      },
      key: {
        anyOf: [
          text('A field.'),
          { type: 'array', items: text('A field; the first that is there counts.') },
          object({ same: text('A path through lists, such as items[].storeId; it counts if all agree.') }),
        ],
      },
      command: object(
        { summary: text('What it is for.'), input: ref('schema'), output: ref('schema'), keys: ref('keys') },
        { required: ['input'] },
      ),
      event: object({ summary: text('What has happened.'), data: ref('schema'), reply: ref('schema') }, { required: ['data'] }),
      keys: object({
        order: ref('key'),
        business: { type: 'object', description: 'What people look for, by name.', additionalProperties: ref('key') },
      }),
      schema: {
        type: 'object',
        description: 'JSON Schema.',
        properties: Object.fromEntries(schemaKeywords.map((keyword) => [keyword, {}])),
        additionalProperties: false,
      },
    },
  };
}

function ofNames(description: string, of: JsonSchema): JsonSchema {
  return { type: 'object', description, patternProperties: { '^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$': of }, additionalProperties: false };
}

function answerKeys(commands: readonly string[]): Readonly<Record<string, JsonSchema>> {
  const frames = [...new Set(Object.values(formats).flatMap((format) => format.frames))];
  return {
    message: text('The name of the message type; for XML the name of its root element, unless "root" says another.'),
    version: text('The version of the message type, in quotes.'),
    summary: text('What the message is for.'),
    format: { ...text('How the message is written.'), enum: Object.keys(formats), default: 'xml' },
    frame: {
      description: 'What stands around the nodes. wcs: control area, credentials and data area. Default none.',
      anyOf: [
        { enum: frames },
        object({ wcs: object({ verb: text('The verb; default: what the root begins with.'), noun: text('The noun.') }) }),
      ],
    },
    root: text('The root element. Default: the name of the message.'),
    doctype: text('The system identifier of the DOCTYPE. Default with the frame wcs: root and version, .dtd.'),
    credentials: {
      type: 'array',
      description: 'The parts of the credentials, ? for those that may be missing.',
      items: { enum: ['LogonId', 'LogonId?', 'Password', 'Password?', 'OrgName', 'OrgName?'] },
    },
    set: {
      type: 'object',
      description: 'Fields that the message has by its kind, and their values.',
      additionalProperties: { type: ['string', 'boolean'] },
    },
    keys: object({ store: ref('key') }, { description: 'The store that the message is for.' }),
    unmapped: {
      ...text('What becomes of elements and attributes that the message does not have.'),
      enum: ['refuse', 'ignore', 'pass'],
      default: 'refuse',
    },
    'leaves out': {
      description: 'Fields of the event that the message does not tell; rest for all of them.',
      anyOf: [{ const: 'rest' }, { type: 'array', items: text('A path, such as customer.email or items[].comment.') }],
    },
    body: {
      description: 'What the message has.',
      anyOf: [
        ref('nodes'),
        object({
          'one of': { type: 'object', additionalProperties: object({ command: commandName(commands), has: ref('nodes') }) },
          'each has': ref('nodes'),
        }),
      ],
    },
    command: commandName(commands),
  };
}

function message(commands: readonly string[], events: readonly string[]): JsonSchema {
  const chosen = {
    type: 'array',
    items: object({
      is: commandName(commands),
      when: { type: 'object', description: 'A field and its text.', additionalProperties: text('The text.') },
    }),
  };
  return object(
    {
      ...answerKeys(commands),
      command: { anyOf: [commandName(commands), chosen] },
      event: { description: 'The event that the message tells of.', anyOf: [{ enum: events }, { type: 'string' }] },
      reply: { ...ref('answer'), description: 'What answers the message.' },
      'error reply': { ...ref('answer'), description: 'What answers the message when it could not be handled.' },
    },
    { required: ['message', 'version', 'body'] },
  );
}

function commandName(commands: readonly string[]): JsonSchema {
  return { description: 'The command that the message asks for.', anyOf: [{ enum: commands }, { type: 'string' }] };
}

function nodes(): Readonly<Record<string, JsonSchema>> {
  const type = {
    ...text('A type of text.'),
    examples: Object.values(textTypes).map(({ form }) => form),
    pattern: `^((${Object.keys(textTypes).join('|')})(\\([^()]*\\))?|[A-Z][A-Za-z0-9-]*)$`,
  };
  const field = text('A field, such as totals.net; [] behind it for a list.');
  const long = object({
    to: { anyOf: [field, { type: 'array', items: field, description: 'The first occurrence is the first field.' }] },
    as: type,
    default: text('What an absent attribute stands for.'),
    'only if': {
      type: 'object',
      description: 'The node counts only beside this text of a field.',
      additionalProperties: text('The text.'),
    },
    example: text('A text for samples.'),
    max: { type: 'integer', minimum: 2, description: 'How often at most.' },
    about: text('For the documentation.'),
    evidence: text('How well a reference supports it.'),
    into: text('The object that the nodes live in, or a list of them: items[].'),
    'needs one of': { type: 'array', minItems: 2, items: text('A text of the object.'), description: 'Of these, one at least is there.' },
    least: text('In records: the field behind which the segment may end.'),
    has: ref('nodes'),
    by: text('The attribute that tells which place is meant: @type.'),
    pick: { type: 'object', description: 'The places by the word of the attribute.', additionalProperties: text('field as type') },
    spills: flag('An occurrence whose place is taken goes to the next free one.'),
    value: text('A text that never varies.'),
    ignored: { anyOf: [flag('Means nothing.'), text('What is written.')] },
    mark: text('A field that is true where the element stands.'),
    'same as': text('A field further up that is repeated.'),
    'user data': text('A record of texts, each an element with a name.'),
    entry: text('How an element of the user data is called.'),
    'named by': text('Which attribute has its name; in records the field and its width.'),
    length: text('In records: the field that says how long the text is, and its width.'),
    text: text('In records: the field with the text, and the most it may have.'),
    entries: text('A record of texts, each an element of that name.'),
  });
  const neighbours = {
    all: { anyOf: [ref('nodes'), object({ into: field, has: ref('nodes') })] },
    'all?': { anyOf: [ref('nodes'), object({ into: field, has: ref('nodes') })] },
    'all*': object({ into: field, has: ref('nodes') }),
    'one of': { type: 'array', minItems: 2, items: ref('branch') },
    'one of?': { type: 'array', minItems: 2, items: ref('branch') },
    joined: object({ to: field, by: { enum: Object.keys(joints) }, from: { type: 'array', items: text('Name as type') } }),
    like: text('The group around, which is inside itself.'),
  };
  return {
    nodes: { type: 'array', items: ref('branch') },
    branch: {
      anyOf: [
        ref('nodes'),
        {
          type: 'object',
          minProperties: 1,
          maxProperties: 1,
          properties: neighbours,
          additionalProperties: { anyOf: [text('field as type'), ref('nodes'), long] },
        },
      ],
    },
  };
}
