import { bytes, type Static, settings, Type } from '@waybill/contract';
import { etiquette } from './etiquette.ts';

const addresses = (description: string, example: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 10_000, examples: [example] }), { description, maxItems: 1_000 }));

const patterns = (description: string, example: string) =>
  Type.Array(Type.String({ pattern: '^[!-~\\u0080-\\uffff]{1,320}$', examples: [example] }), { description, maxItems: 1_000 });

export const target = settings({
  from: Type.String({
    description: 'Who sends, where the message does not say it.',
    minLength: 1,
    maxLength: 1_000,
    examples: ['Harbour and Pine <orders@shop.example.com>'],
  }),
  sender: Type.Optional(
    Type.String({ description: 'Who has really sent it, where this is somebody else than "from".', minLength: 1, maxLength: 1_000 }),
  ),
  to: addresses('To whom mails go, where the message does not say it.', 'Ada Mill <ada@example.com>'),
  cc: addresses('Who gets a copy that the others see, where the message does not say it.', 'stock@example.com'),
  bcc: addresses('Who gets a copy of which the others do not know, where the message does not say it.', 'archive@example.com'),
  replyTo: addresses('Where answers of people go, where the message does not say it. Without it, to "from".', 'help@shop.example.com'),
  onlyTo: Type.Optional(
    patterns(
      'The only addresses that mails may go to, whatever a message asks for; `*` stands for any characters. Without it, every address.',
      '*@example.com',
    ),
  ),
  onlyFrom: Type.Optional(
    patterns(
      'The only addresses that a message may have sent in their name; `*` stands for any characters. Without it, those of the domain of "from".',
      '*@shop.example.com',
    ),
  ),
  subject: Type.Optional(
    Type.String({
      description: 'The subject, where the message does not say it. Without it, the type of the message.',
      minLength: 1,
      maxLength: 1_000,
      examples: ['Your order'],
    }),
  ),
  text: Type.Optional(
    Type.String({ description: 'What stands in a mail whose message is a document: it is attached.', minLength: 1, maxLength: 100_000 }),
  ),
  fileName: Type.String({
    pattern: '^([^/\\\\{}\\u0000-\\u001f\\u007f]|\\{(id|type|correlation|extension)\\}){1,200}$',
    description:
      'The name of an attached document that has none itself. `{id}` is the id of the message, `{type}` its type, `{correlation}` its correlation id, `{extension}` what its media type is usually called by.',
    default: '{type}-{id}.{extension}',
    examples: ['order-{id}.xml'],
  }),
  language: Type.Optional(
    Type.String({
      description: 'The language of the mails, where the message does not say it.',
      pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$',
      examples: ['de-AT'],
    }),
  ),
  headers: Type.Optional(
    Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,75}$' }), Type.String({ minLength: 1, maxLength: 2_000 }), {
      description: 'Further headers of every mail. None that this transport writes itself.',
    }),
  ),
  ownHeaders: Type.Array(Type.String({ pattern: '^[A-Za-z*][A-Za-z0-9*-]{0,75}$' }), {
    description: 'Which headers a message may set itself; `*` stands for any characters. None that this transport writes itself.',
    maxItems: 100,
    default: ['X-*'],
  }),
  etiquette: Type.Optional(etiquette),
  notify: Type.Array(Type.Union([Type.Literal('failure'), Type.Literal('delay'), Type.Literal('success')]), {
    description:
      'What servers that can (DSN) are asked to report: that a mail failed, waits, was delivered. An empty list asks for no report.',
    maxItems: 3,
    uniqueItems: true,
    default: ['failure', 'delay'],
  }),
  ret: Type.Union([Type.Literal('headers'), Type.Literal('full')], {
    description: 'What of the mail such a report gives back: its headers, or all of it.',
    default: 'headers',
  }),
  maxRecipients: Type.Integer({
    description:
      'To how many recipients one mail may go at most, To, Cc and Bcc together. One with more is refused before anything is sent.',
    minimum: 1,
    maximum: 100_000,
    default: 1_000,
  }),
  limit: bytes({
    description: 'The largest mail to send, as it goes over the wire: attachments take a third more room there.',
    default: '25MB',
  }),
});
export type Target = Static<typeof target>;
