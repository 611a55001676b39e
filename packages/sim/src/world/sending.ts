import type { AnyTransport, Listener, Message, Receipt, SendContext, Sender, SendOptions } from '@waybill/contract';
import { transportErrors } from '../errors.ts';
import { aboutOf } from '../oracle/outbound-book.ts';
import type { SimProcess } from './sim-process.ts';
import { recipientsOf, type World } from './world.ts';

const { WB_SIM_FAULT } = transportErrors;

const failing = [
  'send.not-sent',
  'send.refused',
  'send.unknown',
  'send.answer-lost',
  'send.silent',
  'send.retry-after',
  'send.connection-lost',
] as const;

/** The sending side of a transport as a process has it. */
export function faultySend(world: World, process: SimProcess, own: AnyTransport): NonNullable<AnyTransport['send']> {
  const side = own.send as NonNullable<AnyTransport['send']>;
  return {
    ...side,
    async open(connection, endpoint, context: SendContext) {
      await process.pass();
      const sender = await side.open(connection, endpoint, context);
      const send = (message: Message, options: SendOptions) => {
        const own = () => sender.send({ ...message, id: world.plant.sentAs?.(message.id, world.tools) ?? message.id }, options);
        return around(world, process, { entry: context.name, message, options }, () => inParts(world, context.name, own));
      };
      return { send, close: () => sender.close() } satisfies Sender;
    },
  };
}

/** The replies that a listener sends after its message was settled. */
export function sendReply(
  world: World,
  process: SimProcess,
  entry: string,
  own: NonNullable<Listener['reply']>,
): NonNullable<Listener['reply']> {
  return (reply, to, options) =>
    around(world, process, { entry: `replies:${entry}`, message: reply, options }, () => own(reply, to, options));
}

interface Send {
  readonly entry: string;
  readonly message: Message;
  readonly options: { readonly signal: AbortSignal };
}

async function around(world: World, process: SimProcess, { entry, message, options }: Send, own: () => Promise<Receipt>): Promise<Receipt> {
  const { faults, random, oracle, tell, plant } = world;
  await process.pass();
  const about = aboutOf(entry, message.body);
  tell(`${process.name} sends ${about}`);
  const sending = oracle.outbound.sending(process, entry, message.id);
  try {
    if (faults.happens('process.killed-before-send')) return await process.kill();
    await process.sleep(random.whole(0, 20));
    const send = () => failingAt(world, process, { about, options, own });
    const receipt = await (plant.send?.(send) ?? send());
    if (faults.happens('process.killed-after-send')) return await process.kill();
    await process.pass();
    return { ...receipt, id: `receipt of ${about}` };
  } finally {
    if (sending) oracle.outbound.over(sending);
  }
}

interface Try {
  readonly about: string;
  readonly options: { readonly signal: AbortSignal };
  readonly own: () => Promise<Receipt>;
}

async function failingAt({ faults, random }: World, process: SimProcess, { about, options, own }: Try): Promise<Receipt> {
  const fault = faults.oneOf(...failing);
  switch (fault) {
    case undefined:
      return own();
    case 'send.not-sent':
      throw WB_SIM_FAULT(`${about} was not sent.`);
    case 'send.refused':
      throw WB_SIM_FAULT(`${about} was refused.`, { retryable: false, kind: 'invalid' });
    case 'send.unknown':
      throw WB_SIM_FAULT(`Nobody knows of ${about}.`, { outcome: 'unknown' });
    case 'send.answer-lost':
      await own();
      throw WB_SIM_FAULT(`Nobody heard of ${about}.`, { outcome: 'unknown' });
    case 'send.silent':
      if (random.chance(0.5)) await own();
      if (!options.signal.aborted) await new Promise((resolve) => options.signal.addEventListener('abort', resolve, { once: true }));
      throw WB_SIM_FAULT(`No answer about ${about}.`, { outcome: 'unknown' });
    case 'send.retry-after':
      throw WB_SIM_FAULT(`${about} is to come later.`, { retryAfter: random.whole(100, 3_000) });
    case 'send.connection-lost':
      process.cutOff();
      throw WB_SIM_FAULT('The connection is gone.', { connectionLost: true });
  }
}

/** A destination with two recipients, of which one may have trouble. */
async function inParts({ scenario, faults, random, far }: World, entry: string, own: () => Promise<Receipt>): Promise<Receipt> {
  const place = scenario.outbound.find(({ name }) => name === entry);
  if (!place?.isSplit || !faults.happens('send.partial')) return own();
  const queue = random.pick(recipientsOf(place));
  far.outside.trouble(queue, random.pick(['not-sent', 'unknown'] as const));
  try {
    return await own();
  } finally {
    far.outside.trouble(queue, undefined);
  }
}
