import { defineEvent, Type } from '@waybill/contract';

const data = Type.Object({ cause: Type.String(), n: Type.Integer(), key: Type.String() }, { additionalProperties: false });

/** What is sent at once. */
export const workTold = defineEvent({ name: 'work.told', summary: 'Tells of work at once.', data, orderKey: ({ key }) => key });

/** What is asked of the far side. `to`: what the reply answers, in the words of the oracle. */
export const workAsked = defineEvent({
  name: 'work.asked',
  summary: 'Asks about work.',
  data,
  reply: Type.Object({ to: Type.String() }, { additionalProperties: false }),
  orderKey: ({ key }) => key,
});
