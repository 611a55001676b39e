import { defineCommand, defineMessagePack, Type } from '@waybill/contract';

export const command = defineCommand({
  name: 'bench.count',
  summary: 'Counts.',
  input: Type.Object({ text: Type.String() }, { additionalProperties: false }),
});

/** The cheapest pack there can be, so that what is measured is the way of a message. */
export const pack = defineMessagePack({
  name: 'bench',
  summary: 'One message without a format.',
  messages: [{ name: 'Bench', version: '1', direction: 'in', summary: 'A measured message.', commands: [command] }],
  recognise: () => ({ name: 'Bench', version: '1' }),
  read: () => ({ command: 'bench.count', input: { text: 'x' } }),
  compose: () => {
    throw new TypeError('nothing is composed here');
  },
});
