import type { Message } from '@waybill/contract';
import type { Memory } from '../src/memory/transport/transport.ts';
import type { Outside, OutsideMessage, TransportHarness } from '../src/transport/harness.ts';

interface World extends Outside {
  readonly name: string;
}

/** What a harness needs of the in-memory transport. */
export type Queues = Omit<Memory, 'take' | 'takeAll' | 'size'>;

const carries = [
  'id',
  'type',
  'contentType',
  'correlationId',
  'replyTo',
  'properties',
  'createdAt',
  'priority',
  'expiresAt',
  'persistent',
] as const;

/** One transport serves all questions; each gets queues of its own. */
export function harnessFor(memory: Queues, patience = 5_000): TransportHarness {
  const { waits } = memory.transport.receive?.guarantees ?? {};
  const harness: TransportHarness<World> = {
    prepare: worldsOf(memory, waits === true),
    abandon: async (connection) => memory.transport.disconnect?.(connection as never),
    breakConnection: async () => memory.breakConnections(),
    takeBack: async ({ name }) => memory.takeBack(`${name}.in`),
    failSettlements: async ({ name }) => memory.failSettlements(`${name}.in`, true),
    repairSettlements: async ({ name }) => memory.failSettlements(`${name}.in`, false),
    async hanging() {
      memory.hang(true);
      return {};
    },
    putReport: async ({ name }, report) => memory.report(`${name}.in`, report),
    refuseReplies: async ({ name }) => memory.trouble(`${name}.replies`, 'refused'),
    silence: async ({ name }) => memory.trouble(`${name}.out`, 'silent'),
    speak: async ({ name }) => memory.trouble(`${name}.out`, undefined),
    refuse: async ({ name }) => memory.trouble(`${name}.out`, 'refused'),
    loseAnswer: async ({ name }) => memory.trouble(`${name}.out`, 'unknown'),
    lateReplies: true,
    carries,
    patience,
  };
  return harness as unknown as TransportHarness;
}

/** The same with an outbound endpoint of three recipients. */
export function harnessWithRecipients(memory: Queues): TransportHarness {
  const prepare = worldsOf(memory, false);
  const harness: TransportHarness<World> = {
    async prepare() {
      const world = await prepare();
      const recipients = ['.out', '.second', '.third'].map((ending) => `${world.name}${ending}`);
      const taken = new Map<string, OutsideMessage[]>(recipients.map((address) => [address, []]));
      for (const address of recipients) memory.divert(address, (message) => taken.get(address)?.push(message));
      const [queue = '', ...also] = recipients;
      return {
        ...world,
        outbound: { queue, also },
        recipients,
        taken: async () => taken.get(queue) ?? [],
        takenFor: async (address) => taken.get(address) ?? [],
      };
    },
    abandon: async (connection) => memory.transport.disconnect?.(connection as never),
    failRecipient: async (_, address, outcome) => memory.trouble(address, outcome === 'later' ? 'not-sent' : outcome),
  };
  return harness as unknown as TransportHarness;
}

function worldsOf(memory: Queues, waits: boolean): () => Promise<World> {
  let worlds = 0;
  return async () => {
    const name = `w${++worlds}`;
    const taken: OutsideMessage[] = [];
    const replies: OutsideMessage[] = [];
    memory.divert(`${name}.out`, (message) => taken.push(message));
    memory.divert(`${name}.replies`, (message) => replies.push(message));
    return {
      name,
      connection: {},
      inbound: { queue: `${name}.in` },
      outbound: { queue: `${name}.out` },
      async put(message) {
        if (waits) return exchangeOf(memory, `${name}.in`, message);
        memory.put(`${name}.in`, message);
        return undefined;
      },
      taken: async () => taken,
      replyTo: `${name}.replies`,
      replies: async () => replies,
      async answer(reply) {
        const answerTo = async ({ replyTo, ...request }: Message): Promise<void> => {
          const answer = await reply(request);
          if (answer && replyTo !== undefined) memory.put(replyTo, { ...answer, correlationId: request.id });
        };
        memory.divert(`${name}.out`, (request) => void answerTo(request));
      },
      async close() {
        memory.hang(false);
      },
    };
  };
}

function exchangeOf(memory: Queues, queue: string, message: OutsideMessage) {
  const settled = memory.exchange(queue, message);
  return {
    answer: settled.then((settlement) => (settlement.outcome === 'released' ? undefined : settlement.reply)),
    told: settled.then(({ outcome }) => outcome === 'accepted'),
  };
}
