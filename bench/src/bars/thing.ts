import { defineCommand, defineEvent, defineMessagePack, Type } from '@waybill/contract';

const thing = Type.Object({ number: Type.Integer(), key: Type.Optional(Type.String()) }, { additionalProperties: false });

/** What the bars bring in. */
export const doThing = defineCommand({ name: 'bars.do', summary: 'Does a numbered thing.', input: thing, orderKey: ({ key }) => key });

/** What they send out. */
export const thingDone = defineEvent({ name: 'bars.done', summary: 'A numbered thing was done.', data: thing });

/** Things as JSON, in and out. */
export const thingPack = defineMessagePack({
  name: 'things',
  summary: 'Things as JSON.',
  messages: [
    { name: 'Do', version: '1', direction: 'in', summary: 'Do a thing.', commands: [doThing] },
    { name: 'Done', version: '1', direction: 'out', summary: 'A thing was done.', event: thingDone },
  ],
  recognise: ({ body }) => (body[0] === 123 ? { name: 'Do', version: '1' } : undefined),
  read: (_, { body }) => ({ command: doThing.name, input: JSON.parse(new TextDecoder().decode(body)) as unknown }),
  compose: ({ name }, data) => ({ type: name, body: JSON.stringify(data), contentType: 'application/json' }),
});
