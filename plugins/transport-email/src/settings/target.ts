import { type Static, settings, Type } from '@waybill/contract';

export const target = settings({
  from: Type.String({
    description: 'Who sends, where the message does not say it.',
    minLength: 1,
    examples: ['Harbour and Pine <orders@shop.example.com>'],
  }),
  to: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 10_000, examples: ['Ada Mill <ada@example.com>'] }), {
      description: 'To whom mails go, where the message does not say it.',
      maxItems: 1_000,
    }),
  ),
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
});
export type Target = Static<typeof target>;
