import { createServer } from 'node:net';
import {
  type AnyTransport,
  type Deliver,
  type Delivery,
  defineTransport,
  type Listener,
  type Message,
  type Sender,
  type Settlement,
  settings,
  Type,
} from '@waybill/contract';
import { type Memory, memoryTransport } from '../../src/memory/memory-transport.ts';
import type { TransportHarness } from '../../src/transport/harness.ts';
import { harnessFor } from '../memory-harness.ts';

/** A transport with one fault, and the questions of the suite that have to find it. */
export interface Fault {
  readonly name: string;
  readonly transport: AnyTransport;
  readonly harness: TransportHarness;
  readonly finds: readonly string[];
}

interface Change {
  readonly listener?: (inner: Listener, memory: Memory, queue: string) => Listener;
  readonly sender?: (inner: Sender, memory: Memory, queue: string) => Sender;
  readonly moreConcurrency?: number;
  readonly transport?: (sound: AnyTransport) => AnyTransport;
  readonly harness?: Partial<TransportHarness>;
  readonly units?: boolean;
}

/** Long enough for what works, on a busy machine too; short, because what is broken waits for it. */
const patience = 600;

function fault(name: string, finds: readonly string[], change: Change): Fault {
  const memory = memoryTransport({ name, units: change.units ?? false });
  const { receive, send, ...rest } = memory.transport;
  if (!receive || !send) throw new Error('the memory transport receives and sends');
  const altered = defineTransport({
    ...rest,
    receive: {
      ...receive,
      async open(connection, endpoint, context) {
        const concurrency = context.concurrency + (change.moreConcurrency ?? 0);
        const inner = await receive.open(connection, endpoint, { ...context, concurrency });
        return change.listener?.(inner, memory, endpoint.queue) ?? inner;
      },
    },
    send: {
      ...send,
      async open(connection, endpoint, context) {
        const inner = await send.open(connection, endpoint, context);
        return change.sender?.(inner, memory, endpoint.queue) ?? inner;
      },
    },
  });
  const transport = change.transport?.(altered) ?? altered;
  return { name, transport, finds, harness: { ...harnessFor(memory, patience), ...change.harness } };
}

/** A listener that changes what is handed over or what comes back. */
const meddling = (meddle: (deliver: Deliver) => Deliver) => (inner: Listener) => ({
  run: (deliver: Deliver, stop: AbortSignal) => inner.run(meddle(deliver), stop),
});
const onDelivery = (change: (delivery: Delivery) => Delivery) => meddling((deliver) => (delivery) => deliver(change(delivery)));
const onMessage = (change: (message: Message) => Message) => onDelivery((delivery) => ({ ...delivery, message: change(delivery.message) }));
const onSettlement = (change: (settlement: Settlement) => Settlement) =>
  meddling((deliver) => async (delivery) => change(await deliver(delivery)));

const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
const accepted: Settlement = { outcome: 'accepted' };
let made = 0;

const receivingFaults: readonly Fault[] = [
  fault('reads-bytes-as-text', ['is the bytes as they were put: every value of a byte'], {
    listener: onMessage((message) => ({ ...message, body: Buffer.from(Buffer.from(message.body).toString('utf8')) })),
  }),
  fault('cuts-long-bodies', ['is the bytes as they were put: one megabyte'], {
    listener: onMessage((message) => ({ ...message, body: message.body.subarray(0, 65_536) })),
  }),
  fault('shouts-names', ['has properties with names in lower case and text values'], {
    listener: onMessage((message) => ({ ...message, properties: { 'Content-Length': '1' } })),
  }),
  fault('drops-properties', ['has the properties that it was put with'], {
    listener: onMessage((message) => ({ ...message, properties: {} })),
  }),
  fault('makes-ids-from-bytes', ['has another id for another message, even if the bytes are the same'], {
    listener: onMessage((message) => ({ ...message, id: Buffer.from(message.body).toString('hex').slice(0, 64) || 'empty' })),
  }),
  fault(
    'makes-new-ids',
    ['hands the same message out again, not before the wait is over', 'hands out again what a crash left unsettled, with the same id'],
    {
      listener: onMessage((message) => ({ ...message, id: `${message.id}-${++made}` })),
    },
  ),
  fault(
    'takes-too-many',
    ['hands nothing over while as many are in hand as it may', 'never exceeds the concurrency, and hands everything over in the end'],
    {
      moreConcurrency: 1,
    },
  ),
  fault('goes-one-by-one', ['makes use of the concurrency'], {
    listener: (inner) => {
      let before: Promise<unknown> = Promise.resolve();
      return meddling((deliver) => (delivery) => {
        const mine = before.then(() => deliver(delivery));
        before = mine;
        return mine;
      })(inner);
    },
  }),
  fault('hands-over-twice', ['never hands out one message twice at the same time, with two listeners'], {
    listener: meddling((deliver) => async (delivery) => (await Promise.all([deliver(delivery), deliver(delivery)]))[0]),
  }),
  fault('keeps-what-was-rejected', ['is gone when it was rejected, also for a new listener'], {
    listener: onSettlement((given) => (given.outcome === 'rejected' ? { ...given, outcome: 'retry', after: 0 } : given)),
  }),
  fault(
    'loses-on-retry',
    ['hands the same message out again, not before the wait is over', 'loses none of many that are retried side by side'],
    {
      listener: onSettlement((given) => (given.outcome === 'retry' ? accepted : given)),
    },
  ),
  fault('does-not-wait', ['hands the same message out again, not before the wait is over'], {
    listener: onSettlement((given) => (given.outcome === 'retry' ? { ...given, after: 0 } : given)),
  }),
  fault('counts-nothing', ['counts on over retries and for a new listener'], {
    listener: onDelivery((delivery) => ({ ...delivery, attempt: 1 })),
  }),
  fault('forgets-the-unit', ['has a unit of work exactly if units are declared'], {
    units: true,
    listener: onDelivery((delivery) => ({ message: delivery.message, attempt: delivery.attempt })),
  }),
  fault('loses-in-a-crash', ['hands out again what a crash left unsettled, with the same id'], {
    harness: { abandon: async () => undefined },
  }),
  fault('queues-up-again', ['keeps the order across a retry: what comes later waits'], {
    listener: (inner, memory, queue) =>
      meddling((deliver) => async (delivery) => {
        const given = await deliver(delivery);
        if (given.outcome !== 'retry') return given;
        setTimeout(() => memory.put(queue, delivery.message), given.after);
        return accepted;
      })(inner),
  }),
  fault('swaps-pairs', ['hands a hundred messages out in the order in which they were put'], {
    listener: onMessage((message) => swapped(message)),
  }),
];

/** Tells of every second message in the place of the one before it. */
function swapped(message: Message): Message {
  const [, digits] = /InOrder number="(\d+)"/.exec(Buffer.from(message.body).toString()) ?? [];
  if (digits === undefined) return message;
  return { ...message, body: Buffer.from(`<InOrder number="${Number(digits) ^ 1}"/>`) };
}

const stoppingFaults: readonly Fault[] = [
  fault(
    'ends-early',
    ['waits for the settlement of what is in hand, and takes nothing new', 'waits for every one of several that are in hand'],
    {
      listener: (inner) => ({
        run: (deliver, stop) =>
          Promise.race([
            inner.run(deliver, stop),
            new Promise<void>((resolve) => {
              stop.addEventListener('abort', () => resolve(), { once: true });
            }),
          ]),
      }),
    },
  ),
  fault('ends-with-the-first', ['waits for every one of several that are in hand'], {
    listener: (inner) => ({
      run: (deliver, stop) => {
        const first = Promise.withResolvers<void>();
        const run = inner.run(async (delivery) => {
          const given = await deliver(delivery);
          if (stop.aborted) first.resolve();
          return given;
        }, stop);
        return Promise.race([run, first.promise]);
      },
    }),
  }),
  fault('never-ends', ['ends at once when nothing is in hand', 'ends at once when it was stopped before it began'], {
    listener: (inner) => ({ run: (deliver) => inner.run(deliver, new AbortController().signal) }),
  }),
  fault('ends-by-itself', ['ends at once when nothing is in hand'], { listener: () => ({ run: () => Promise.resolve() }) }),
  fault('takes-on-after-the-stop', ['waits for the settlement of what is in hand, and takes nothing new'], {
    listener: (inner) => ({
      run: (deliver, stop) => {
        const delayed = new AbortController();
        stop.addEventListener('abort', () => void later(400).then(() => delayed.abort()), { once: true });
        return inner.run(deliver, delayed.signal);
      },
    }),
  }),
  fault('drops-a-late-retry', ['applies a retry that comes after the stop: the next one gets the message'], {
    listener: (inner) => ({
      run: (deliver, stop) =>
        inner.run(async (delivery) => {
          const given = await deliver(delivery);
          return stop.aborted && given.outcome === 'retry' ? accepted : given;
        }, stop),
    }),
  }),
];

const troubleFaults: readonly Fault[] = [
  fault('ends-with-a-foreign-error', ['that breaks ends run() with an error that says to try again, and nothing is lost'], {
    listener: (inner) => ({
      run: (deliver, stop) =>
        inner.run(deliver, stop).catch((cause: unknown) => {
          throw new Error('something broke', { cause });
        }),
    }),
  }),
  fault('hides-a-break', ['that breaks ends run() with an error that says to try again, and nothing is lost'], {
    listener: (inner) => ({ run: (deliver, stop) => inner.run(deliver, stop).catch(() => undefined) }),
  }),
];

const replyFaults: readonly Fault[] = [
  fault('forgets-correlation', ['sends the reply to the address in the message, with the id of the message as correlation'], {
    listener: onSettlement((given) => (given.reply ? { ...given, reply: { ...given.reply, correlationId: 'other' } } : given)),
  }),
  fault('swallows-replies', ['sends the reply to the address in the message, with the id of the message as correlation'], {
    listener: onSettlement((given) => ({ ...given, reply: undefined })),
  }),
];

const sendingFaults: readonly Fault[] = [
  fault('says-sent-too-soon', ['resolves when the outside has the message'], {
    sender: (inner) => ({
      send: async (message, options) => {
        void later(20).then(() => inner.send(message, options));
        return {};
      },
      close: () => inner.close(),
    }),
  }),
  fault('sends-twice', ['resolves when the outside has the message', 'sends many messages at once, each of them once'], {
    sender: (inner) => ({
      send: async (message, options) => {
        await inner.send(message, options);
        return inner.send(message, options);
      },
      close: () => inner.close(),
    }),
  }),
  fault('suppresses-same-bytes', ['sends two messages with the same bytes as two'], {
    sender: (inner) => {
      const seen = new Set<string>();
      return {
        send: async (message, options) => {
          const key = Buffer.from(message.body).toString('hex');
          if (seen.has(key)) return {};
          seen.add(key);
          return inner.send(message, options);
        },
        close: () => inner.close(),
      };
    },
  }),
  fault('leaves-on-close', ['waits for the sends in flight'], {
    sender: (inner) => ({
      send: async (message, options) => {
        await later(40);
        return inner.send(message, options);
      },
      close: async () => undefined,
    }),
  }),
  fault('sends-when-closed', ['rejects a send that comes after it'], {
    sender: (_, memory, queue) => ({
      async send(message, { signal }) {
        signal.throwIfAborted();
        memory.put(queue, message);
        return {};
      },
      close: async () => undefined,
    }),
  }),
  fault('ignores-time', ['rejects a send whose time is over, so that it can be tried again, and sends nothing'], {
    sender: (inner) => ({
      send: (message) => inner.send(message, { signal: new AbortController().signal }),
      close: () => inner.close(),
    }),
  }),
  fault('throws-foreign-errors', ['rejects a send whose time is over, so that it can be tried again, and sends nothing'], {
    sender: (inner) => ({
      send: async (message, options) => {
        options.signal.throwIfAborted();
        return inner.send(message, options);
      },
      close: () => inner.close(),
    }),
  }),
  fault('says-that-it-deduplicates', ['sends a message id that it has sent before without a second effect'], {
    transport: (sound) => ({
      ...sound,
      ...(sound.send && { send: { ...sound.send, guarantees: { ...sound.send.guarantees, deduplicates: true } } }),
    }),
  }),
  fault(
    'sends-beside-the-unit',
    ['makes a send visible with the acceptance, not before', 'loses a send whose delivery has to be tried again'],
    {
      units: true,
      sender: (inner) => ({ send: (message, { signal }) => inner.send(message, { signal }), close: () => inner.close() }),
    },
  ),
];

const requestFaults: readonly Fault[] = [
  fault('cannot-request', ['brings the reply to the request'], {
    sender: (inner) => ({ send: (message, options) => inner.send(message, options), close: () => inner.close() }),
  }),
  fault('mixes-up-replies', ['brings each of many replies to its own request'], {
    sender: (inner) => {
      let previous: Promise<Message> | undefined;
      return {
        send: (message, options) => inner.send(message, options),
        request: (message, options) => {
          const mine = inner.request?.(message, options) ?? Promise.reject(new Error('no request'));
          const answer = previous ?? mine;
          previous = mine;
          return answer;
        },
        close: () => inner.close(),
      };
    },
  }),
  fault('waits-for-ever', ['rejects when no reply comes in time, so that it can be tried again'], {
    sender: (inner) => ({
      send: (message, options) => inner.send(message, options),
      request: (message, options) => inner.request?.(message, { ...options, timeout: 1_500 }) ?? Promise.reject(new Error('no request')),
      close: () => inner.close(),
    }),
  }),
];

const definitionFaults: readonly Fault[] = [
  fault('says-nothing-about-a-setting', ['describes every setting, refuses unknown ones and has defaults that it would accept'], {
    transport: (sound) => ({ ...sound, connection: settings({ host: Type.Optional(Type.String()) }) }),
  }),
  fault('has-a-wrong-default', ['describes every setting, refuses unknown ones and has defaults that it would accept'], {
    transport: (sound) => ({
      ...sound,
      connection: settings({ port: Type.Integer({ maximum: 10, default: 80, description: 'The port.' }) }),
    }),
  }),
  fault('takes-any-key', ['describes every setting, refuses unknown ones and has defaults that it would accept'], {
    transport: (sound) => ({ ...sound, connection: Type.Object({}) }),
  }),
  fault('has-a-stale-card', ['agrees with the committed card'], { harness: { card: new URL('./stale.plugin.json', import.meta.url) } }),
  fault('leaves-a-server-open', ['leaves nothing open when it is closed, and can be opened again'], {
    transport: (sound) => ({
      ...sound,
      async connect(config, context) {
        await new Promise<void>((resolve) => {
          createServer().listen(0, '127.0.0.1', resolve);
        });
        return sound.connect(config, context);
      },
    }),
  }),
];

export const faults: readonly Fault[] = [
  ...receivingFaults,
  ...stoppingFaults,
  ...troubleFaults,
  ...replyFaults,
  ...sendingFaults,
  ...requestFaults,
  ...definitionFaults,
];

const sound = memoryTransport({ name: 'sound', units: true });

/** For comparison: nothing is wrong with this one. */
export const control = { name: 'sound', transport: sound.transport, harness: harnessFor(sound) };
