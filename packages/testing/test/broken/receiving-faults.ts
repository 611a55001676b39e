import type { Message } from '@waybill/contract';
import { accepted, type Fault, fault, meddling, onDelivery, onMessage, onSettlement } from './fault.ts';

let made = 0;

export const receivingFaults: readonly Fault[] = [
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
