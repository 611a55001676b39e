import { defineCommand, defineEvent, Type } from '@waybill/contract';

const closed = { additionalProperties: false };

/** As large as the column that it is kept in, and as the messages can write it: 15 digits before the point and 5 behind it. */
const amount = (description: string) => Type.String({ description, pattern: '^[0-9]{1,15}(\\.[0-9]{1,5})?$' });

export const announceReturn = defineCommand({
  name: 'return.announce',
  summary: 'A customer sends goods back.',
  input: Type.Object(
    {
      order: Type.String({ description: 'The order that the goods came with.', minLength: 1 }),
      reason: Type.Optional(Type.String({ description: 'Why, in the words of the customer.' })),
      items: Type.Array(Type.Object({ sku: Type.String({ minLength: 1 }), quantity: amount('How many come back.') }, closed), {
        description: 'What comes back.',
        minItems: 1,
      }),
    },
    closed,
  ),
  orderKey: ({ order }) => `order:${order}`,
  businessKeys: ({ order, items }) => ({ order, sku: items.map(({ sku }) => sku) }),
  output: Type.Object({ number: Type.String({ description: 'The number that the parcel has to bear.' }) }, closed),
});

export const returnApproved = defineEvent({
  name: 'return.approved',
  summary: 'The merchant has looked at returned goods and pays for them.',
  data: Type.Object(
    {
      number: Type.String({ description: 'The number of the return.', minLength: 1 }),
      amount: amount('What is paid back.'),
      currency: Type.String({ description: 'ISO 4217 code.', pattern: '^[A-Z]{3}$' }),
    },
    closed,
  ),
  businessKeys: ({ number }) => ({ return: number }),
});
