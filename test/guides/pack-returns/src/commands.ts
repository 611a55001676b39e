import { decimal, defineCommand, defineEvent, Type } from '@waybill/contract';

const closed = { additionalProperties: false };

export const announceReturn = defineCommand({
  name: 'return.announce',
  summary: 'A customer sends goods back.',
  input: Type.Object(
    {
      order: Type.String({ description: 'The order that the goods came with.', minLength: 1 }),
      reason: Type.Optional(Type.String({ description: 'Why, in the words of the customer.' })),
      items: Type.Array(Type.Object({ sku: Type.String(), quantity: decimal({ description: 'How many come back.' }) }, closed), {
        description: 'What comes back.',
        minItems: 1,
      }),
    },
    closed,
  ),
  output: Type.Object({ number: Type.String({ description: 'The number that the parcel has to bear.' }) }, closed),
  orderKey: ({ order }) => `order:${order}`,
  businessKeys: ({ order }) => ({ order }),
});

export const returnApproved = defineEvent({
  name: 'return.approved',
  summary: 'The merchant has looked at returned goods and pays for them.',
  data: Type.Object(
    {
      number: Type.String({ description: 'The number of the return.' }),
      amount: decimal({ description: 'What is paid back.' }),
      currency: Type.String({ description: 'ISO 4217 code.', pattern: '^[A-Z]{3}$' }),
    },
    closed,
  ),
});
