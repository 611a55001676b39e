import { bytes, type Settings, settings, Type } from '@waybill/contract';
import { defaultLimits } from '../reading/limits.ts';

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

/** What an inbound entry can choose for reading XML: the options of a pack, or a part of them. */
export const xmlReadingOptions = {
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
};

declare const xmlReading: ReturnType<typeof settings<typeof xmlReadingOptions>>;
export type XmlReading = Settings<typeof xmlReading>;

/** What was let pass: texts that have no place in the message, by their path, and the paths of elements whose children stood in another order. */
export interface XmlSurplus {
  readonly unknown?: Readonly<Record<string, string>>;
  readonly order?: readonly string[];
}
