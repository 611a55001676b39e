import type { AnyTransport, Listener, Message, Receipt, RequestOptions, SendContext, Sender, SendOptions } from '@waybill/contract';
import { transportErrors } from '../errors.ts';
import { aboutOf, receiptOf, referenceTo } from '../oracle/leg-row.ts';
import type { SimProcess } from './sim-process.ts';
import { type OpenSender, recipientsOf, type World } from './world.ts';

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
      const { name: entry } = context;
      const late = (reply: Message): void =>
        void process.pass().then(() => {
          world.oracle.outbound.cameLate(process, reply.id);
          context.late(reply);
        });
      const sender = await side.open(connection, endpoint, { ...context, late });
      const open: OpenSender = { process, entry, late };
      world.senders.add(open);
      const send = (message: Message, options: SendOptions) => {
        const own = () => sender.send({ ...message, id: world.plant.sentAs?.(message.id, world.tools) ?? message.id }, options);
        return receipted(world, process, { entry, message, options }, () => inParts(world, entry, own));
      };
      const request = (message: Message, options: RequestOptions) => {
        world.askers.set(message.id, open);
        return around(world, process, { entry, message, options }, () => asking(world, process, () => ask(sender, message, options)));
      };
      const close = () => sender.close().finally(() => world.senders.delete(open));
      const references = ({ body }: Message) => [referenceTo(aboutOf(entry, body))];
      return { send, request, close, references } satisfies Sender;
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
    receipted(world, process, { entry: `replies:${entry}`, message: reply, options }, () => own(reply, to, options));
}

interface Send {
  readonly entry: string;
  readonly message: Message;
  readonly options: { readonly signal: AbortSignal };
}

async function receipted(world: World, process: SimProcess, send: Send, own: () => Promise<Receipt>): Promise<Receipt> {
  const receipt = await around(world, process, send, own);
  return { ...receipt, id: receiptOf(aboutOf(send.entry, send.message.body)) };
}

/** The time of a request is over also for a process that stands still, which hears of that later. */
async function ask(sender: Sender, message: Message, options: RequestOptions): Promise<Message> {
  if (!sender.request) throw WB_SIM_FAULT('Nobody can be asked.');
  return sender.request(message, options);
}

async function asking(world: World, process: SimProcess, own: () => Promise<Message>): Promise<Message> {
  const { faults, time, random } = world;
  if (faults.happens('process.killed-while-asking')) time.after(random.whole(0, 300), () => void process.kill());
  try {
    return await own();
  } finally {
    await process.pass();
  }
}

async function around<Result>(
  world: World,
  process: SimProcess,
  { entry, message, options }: Send,
  own: () => Promise<Result>,
): Promise<Result> {
  const { faults, random, oracle, tell, plant } = world;
  await process.pass();
  const about = aboutOf(entry, message.body);
  tell(`${process.name} sends ${about}`);
  const sending = oracle.outbound.sending(process, entry, message.id);
  try {
    if (faults.happens('process.killed-before-send')) return await process.kill();
    await process.sleep(random.whole(0, 20));
    const send = () => failingAt(world, process, { about, options, own });
    const result = await (plant.send?.(send) ?? send());
    if (sending) oracle.outbound.taken(sending);
    if (faults.happens('process.killed-after-send')) return await process.kill();
    await process.pass();
    return result;
  } finally {
    if (sending) oracle.outbound.over(sending);
  }
}

interface Try<Result> {
  readonly about: string;
  readonly options: { readonly signal: AbortSignal };
  readonly own: () => Promise<Result>;
}

async function failingAt<Result>({ faults, random }: World, process: SimProcess, { about, options, own }: Try<Result>): Promise<Result> {
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
