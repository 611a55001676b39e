import { Type } from '../settings/type.ts';
import { defineEvent } from './command.ts';

const optional = (description: string) => Type.Optional(Type.String({ description }));

/**
 * Published by the kernel when a report about a sent message came in: a bounce, a confirmation of delivery. Route it like any
 * event, to tell an administrator or a back end; nothing happens where no route takes it.
 */
export const messageReported = defineEvent({
  name: 'message.reported',
  summary: 'The far side has told what became of a message that was sent earlier.',
  data: Type.Object({
    messageId: Type.String({ description: 'The message that it speaks of.' }),
    entry: Type.String({ description: 'The outbound entry that sent it.' }),
    messageType: Type.String({ description: 'Name and version of its message type.' }),
    event: Type.String({ description: 'The event that it told of.' }),
    kind: Type.Union(
      ['delivered', 'delayed', 'bounced', 'expired', 'read', 'complaint', 'auto-reply'].map((one) => Type.Literal(one)),
      { description: 'What became of it.' },
    ),
    permanent: Type.Optional(Type.Boolean({ description: 'Of a bounce: whether another attempt is of no use.' })),
    recipient: optional('The recipient that the report speaks of.'),
    detail: optional('What the far side said.'),
  }),
});
