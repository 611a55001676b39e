import type { IncomingMessage } from '@waybill/contract';
import { accepted, type Fault, fault, later, meddling, onDelivery, onMessage, onSettlement, running } from './fault.ts';

let made = 0;

export const receivingFaults: readonly Fault[] = [
  fault('reads-bytes-as-text', ['is the bytes as they were put: every value of a byte'], {
    listener: onMessage((message) => ({ ...message, body: Buffer.from(Buffer.from(message.body).toString('utf8')) })),
  }),
  fault('ends-at-an-empty-body', ['is the bytes as they were put: no bytes at all'], {
    listener: running((inner, deliver, stop) => {
      const empty = Promise.withResolvers<void>();
      const run = inner.run(async (delivery) => {
        if (delivery.message.body.length > 0) return deliver(delivery);
        empty.reject(new Error('There is no body.'));
        return accepted;
      }, stop);
      return Promise.race([run, empty.promise]);
    }),
  }),
  fault('drops-what-waits-when-it-stops', ['leaves what waits for its next try to the next listener'], {
    listener: (inner, memory, queue) =>
      running((sound, deliver, stop) =>
        sound.run(async (delivery) => {
          const given = await deliver(delivery);
          if (given.outcome !== 'retry' || given.after === 0) return given;
          const { id = '', createdAt = 0, ...message } = delivery.message;
          void later(given.after).then(() => !stop.aborted && memory.put(queue, { ...message, id, createdAt }));
          return accepted;
        }, stop),
      )(inner),
  }),
  fault('cuts-long-bodies', ['is the bytes as they were put: one megabyte'], {
    listener: onMessage((message) => ({ ...message, body: message.body.subarray(0, 65_536) })),
  }),
  fault('folds-names', ['has names of properties as they were put, in lower case where the wire folds it'], {
    listener: onMessage((message) => ({
      ...message,
      properties: Object.fromEntries(Object.entries(message.properties).map(([name, value]) => [name.toLowerCase(), value])),
    })),
  }),
  fault('drops-properties', ['has the properties that it was put with'], {
    listener: onMessage((message) => ({ ...message, properties: {} })),
  }),
  fault('drops-the-time', ['has the createdAt that it was put with'], {
    listener: onMessage((message) => ({ ...message, createdAt: undefined })),
  }),
  fault('lives-in-the-future', ['was not made in the future'], {
    listener: onMessage((message) => ({ ...message, createdAt: Date.now() + 3_600_000 })),
  }),
  fault('drops-the-expiry', ['has the expiresAt that it was put with'], {
    listener: onMessage((message) => ({ ...message, expiresAt: message.expiresAt && Math.floor(message.expiresAt / 7_200_000) })),
  }),
  fault('makes-ids-from-bytes', ['has another id for another message, even if the bytes are the same, or none at all'], {
    listener: onMessage((message) => ({ ...message, id: Buffer.from(message.body).toString('hex').slice(0, 64) || 'empty' })),
  }),
  fault('makes-new-ids', ['hands the same message out again', 'hands out again what a crash left unsettled, with the same id'], {
    listener: onMessage((message) => ({ ...message, id: `${message.id}-${++made}` })),
  }),
  fault(
    'makes-new-ids-where-there-is-none',
    [
      'hands a message that was put without an id out under the same id each time',
      'hands it out with the same id also when it was put without one',
    ],
    {
      listener: onMessage((message) => (message.id?.startsWith('memory-') ? { ...message, id: `made-${++made}` } : message)),
    },
  ),
  fault('has-no-ids', ['hands the same message out again', 'hands out again what a crash left unsettled, with the same id'], {
    listener: onMessage((message) => ({ ...message, id: undefined })),
  }),
  fault(
    'takes-too-many',
    ['hands nothing over while as many are in hand as it may', 'never exceeds the concurrency, and hands everything over in the end'],
    { receiving: (context) => ({ ...context, concurrency: context.concurrency + 1 }) },
  ),
  fault('goes-one-by-one', ['makes use of the concurrency'], {
    receiving: (context) => ({ ...context, concurrency: 1 }),
  }),
  fault('is-late', ['gets a new message soon when it is idle'], {
    listener: meddling((deliver) => async (delivery) => {
      await later(250);
      return deliver(delivery);
    }),
    harness: { prompt: 150 },
  }),
  fault('hands-over-twice', ['never hands out one message twice at the same time, with two listeners'], {
    listener: meddling((deliver) => async (delivery) => (await Promise.all([deliver(delivery), deliver(delivery)]))[0]),
  }),
  fault('loses-on-retry', ['hands the same message out again', 'loses none of many that are retried side by side'], {
    listener: onSettlement((given) => (given.outcome === 'retry' ? accepted : given)),
  }),
  fault(
    'does-not-wait',
    ['hands it out not before the wait is over', 'keeps the wait for every place of a listener, and for other listeners'],
    {
      listener: onSettlement((given) => (given.outcome === 'retry' ? { ...given, after: 0 } : given)),
    },
  ),
  fault('waits-in-one-place-only', ['keeps the wait for every place of a listener, and for other listeners'], {
    listener: (inner, _memory, _queue, { concurrency }) => {
      const asleep: Promise<void>[] = [];
      return meddling((deliver) => async (delivery) => {
        if (asleep.length >= concurrency) await asleep.shift();
        const given = await deliver(delivery);
        if (given.outcome !== 'retry') return given;
        asleep.push(later(given.after));
        return { ...given, after: 0 };
      })(inner);
    },
  }),
  fault('counts-nothing', ['counts on over retries and for a new listener'], {
    listener: onDelivery((delivery) => ({ message: delivery.message, attempt: 1 })),
  }),
  fault('counts-anew-after-a-crash', ['hands out again what a crash left unsettled, with the same id'], {
    listener: (inner) => {
      const attempts = new Map<string, number>();
      return onDelivery(({ message }) => {
        const { id = '' } = message;
        attempts.set(id, (attempts.get(id) ?? 0) + 1);
        return { message, attempt: attempts.get(id) };
      })(inner);
    },
  }),
  fault('loses-in-a-crash', ['hands out again what a crash left unsettled, with the same id'], {
    harness: { abandon: async () => undefined },
  }),
  fault('queues-up-again', ['keeps the order across a retry: what comes later waits'], {
    listener: (inner, memory, queue) =>
      meddling((deliver) => async (delivery) => {
        const given = await deliver(delivery);
        if (given.outcome !== 'retry') return given;
        const { id = '', createdAt = 0, ...message } = delivery.message;
        setTimeout(() => memory.put(queue, { ...message, id, createdAt }), given.after);
        return accepted;
      })(inner),
  }),
  fault('swaps-pairs', ['hands a hundred messages out in the order in which they were put'], {
    listener: onMessage((message) => swapped(message)),
  }),
];

/** Tells of every second message in the place of the one before it. */
function swapped(message: IncomingMessage): IncomingMessage {
  const [, digits] = /InOrder number="(\d+)"/.exec(Buffer.from(message.body).toString()) ?? [];
  if (digits === undefined) return message;
  return { ...message, body: Buffer.from(`<InOrder number="${Number(digits) ^ 1}"/>`) };
}
