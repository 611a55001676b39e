import type { Memory } from '../src/memory/memory-transport.ts';
import type { Outside, OutsideMessage, TransportHarness } from '../src/transport/harness.ts';

/** One transport serves all questions; each gets queues of its own. */
export function harnessFor(memory: Pick<Memory, 'transport' | 'put' | 'divert' | 'breakConnections'>, patience = 5_000): TransportHarness {
  let worlds = 0;
  return {
    async prepare(): Promise<Outside> {
      const name = `w${++worlds}`;
      const taken: OutsideMessage[] = [];
      const replies: OutsideMessage[] = [];
      memory.divert(`${name}.out`, (message) => taken.push(message));
      memory.divert(`${name}.replies`, (message) => replies.push(message));
      return {
        connection: {},
        inbound: { queue: `${name}.in` },
        outbound: { queue: `${name}.out` },
        async put(message) {
          const { properties = {} } = message;
          const lower = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key.toLowerCase(), value]));
          memory.put(`${name}.in`, { ...message, properties: lower });
          return undefined;
        },
        taken: async () => taken,
        replyTo: `${name}.replies`,
        replies: async () => replies,
        async answer(reply) {
          memory.divert(`${name}.out`, ({ replyTo, ...request }) => {
            const answer = reply(request);
            if (answer && replyTo !== undefined) memory.put(replyTo, { ...answer, correlationId: request.id });
          });
        },
      };
    },
    abandon: async (connection) => memory.transport.disconnect?.(connection as never),
    breakConnection: async () => memory.breakConnections(),
    carries: ['id', 'type', 'contentType', 'correlationId', 'replyTo', 'properties'],
    patience,
  };
}
