import { widths } from '@waybill/commerce';
import { bytes, type Settings, secret, settings, Type } from '@waybill/contract';
import { defaultLimits } from '@waybill/xml';
import { type DocumentEncoding, documentEncodings } from './document-encoding.ts';

const count = (description: string, preset: number) => Type.Integer({ description, minimum: 1, default: preset });

const limits = settings({
  bytes: bytes({ description: 'The largest document that is read.', default: '10MB' }),
  depth: count('How many elements may stand inside one another.', defaultLimits.depth),
  elements: count('How many elements a document may have.', defaultLimits.elements),
  attributes: count('How many attributes an element may have.', defaultLimits.attributes),
  attributeLength: count('The longest value of an attribute, in UTF-16 units.', defaultLimits.attributeLength),
  textLength: count('The longest text of an element, in UTF-16 units.', defaultLimits.textLength),
});

const lenient = settings({
  unknown: Type.Union([Type.Literal('refuse'), Type.Literal('ignore'), Type.Literal('pass')], {
    description:
      'What is done with elements and attributes that a message does not have. "refuse": the message is refused. "ignore": they are passed over. "pass": each text goes into the user data of the command, under its path, where the command takes user data for the message as a whole.',
    default: 'refuse',
  }),
  order: Type.Union([Type.Literal('declared'), Type.Literal('any')], {
    description: 'In which order the children of an element may stand. "declared": in that of the message. "any": in another one as well.',
    default: 'declared',
  }),
});

const encoding = (what: string) =>
  Type.Unsafe<DocumentEncoding>({
    type: 'string',
    enum: documentEncodings,
    default: 'utf-8',
    description: `In which encoding ${what} are written; their declaration names it. A character that it does not have is written as a character reference, which every reader of XML understands.`,
  });

/** What an inbound entry can choose for reading and for answering: `"packs": { "fulfillment": { … } }`. */
export const options = settings({
  limits: { ...limits, description: 'What a document may use. A document that uses more is refused.', default: {} },
  emptyElementClearsData: Type.Boolean({
    description:
      'What an optional element without content means. False: nothing was said, and what the store knows stays. True: the text is empty, which clears what the store knows; dates, numbers and ids cannot be empty and are refused.',
    default: false,
  }),
  lenient: {
    ...lenient,
    description: 'What senders may get wrong. What was let pass is told beside the message that was read, and in the log.',
    default: {},
  },
  pickListVersion: Type.Union([Type.Literal('1.0'), Type.Literal('2.0')], {
    description: 'The version in which pick lists are answered. What 1.0 has no place for is left out there.',
    default: '2.0',
  }),
  replyEncoding: encoding('answers'),
});
export type Options = Settings<typeof options>;

const credentials = settings({
  logonId: Type.String({ description: 'By which name the receiver knows the sender.', minLength: 1, maxLength: widths.logonId }),
  password: secret({ description: 'The password that belongs to it.' }),
});

/** What an outbound entry can choose for writing. */
export const writing = settings({
  encoding: encoding('documents'),
  credentials: Type.Optional({
    ...credentials,
    description:
      'What every message that is sent says of who sends it: as userId and password in the questions to distributors, as LogonId and Password in the control area of the others. Default: nothing is said.',
  }),
});
export type Writing = Settings<typeof writing>;
