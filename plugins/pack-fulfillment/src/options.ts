import { widths } from '@waybill/commerce';
import { type Settings, secret, settings, Type } from '@waybill/contract';
import { xmlReadingOptions } from '@waybill/xml';
import { type DocumentEncoding, documentEncodings } from './document-encoding.ts';

const encoding = (what: string) =>
  Type.Unsafe<DocumentEncoding>({
    type: 'string',
    enum: documentEncodings,
    default: 'utf-8',
    description: `In which encoding ${what} are written; their declaration names it. A character that it does not have is written as a character reference, which every reader of XML understands.`,
  });

/** What an inbound entry can choose for reading and for answering: `"packs": { "fulfillment": { … } }`. */
export const options = settings({
  ...xmlReadingOptions,
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
