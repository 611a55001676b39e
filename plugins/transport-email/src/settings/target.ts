import { type Static, settings, Type } from '@waybill/contract';

export const target = settings({
  from: Type.String({
    description: 'Who sends, where the message does not say it.',
    minLength: 1,
    examples: ['Harbour and Pine <orders@shop.example.com>'],
  }),
});
export type Target = Static<typeof target>;
