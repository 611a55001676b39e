import { TransportError, WaybillError } from '@waybill/contract';
import { accepted, type Fault, fault, later, running } from './fault.ts';

export const stoppingFaults: readonly Fault[] = [
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
  fault(
    'looks-at-the-stop-now-and-then-and-does-not-wait',
    ['waits for the settlement of what is in hand, and takes nothing new', 'waits for every one of several that are in hand'],
    {
      listener: running((inner, deliver, stop) =>
        Promise.race([
          inner.run(deliver, stop),
          new Promise<void>((resolve) => {
            stop.addEventListener('abort', () => void later(180).then(resolve), { once: true });
          }),
        ]).then(() => (stop.aborted ? later(180) : undefined)),
      ),
    },
  ),
  fault('never-ends', ['ends at once when nothing is in hand', 'ends at once when it was stopped before it began'], {
    listener: (inner) => ({ run: (deliver) => inner.run(deliver, new AbortController().signal) }),
  }),
  fault('ends-by-itself', ['ends at once when nothing is in hand'], { listener: () => ({ run: () => Promise.resolve() }) }),
  fault(
    'takes-on-after-the-stop',
    ['takes nothing new although what is in hand is settled at once', 'hands over nothing that comes when it was asked to stop'],
    {
      listener: (inner) => ({
        run: (deliver, stop) => {
          const delayed = new AbortController();
          stop.addEventListener('abort', () => void later(400).then(() => delayed.abort()), { once: true });
          return inner.run(deliver, delayed.signal);
        },
      }),
    },
  ),
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

export const troubleFaults: readonly Fault[] = [
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
  fault(
    'breaks-when-what-is-in-hand-is-settled',
    ['that breaks ends run() also with deliveries in hand, which come again whatever is said of them'],
    {
      listener: running(async (inner, deliver, stop) => {
        const inHand = new Set<Promise<unknown>>();
        try {
          await inner.run((delivery) => {
            const settling = deliver(delivery);
            inHand.add(settling);
            void settling.finally(() => inHand.delete(settling));
            return settling;
          }, stop);
        } finally {
          await Promise.all(inHand);
        }
      }),
    },
  ),
  fault('does-not-say-that-its-connection-is-lost', ['that breaks can be used again for a new listener, or says that it is lost'], {
    listener: running((inner, deliver, stop) =>
      inner.run(deliver, stop).catch((cause: unknown) => {
        throw new TransportError('WB_BROKEN', 'It broke.', { cause, retryable: true });
      }),
    ),
  }),
  fault('is-final-when-it-breaks', ['that breaks ends run() with an error that says to try again, and nothing is lost'], {
    listener: running((inner, deliver, stop) =>
      inner.run(deliver, stop).catch((cause: unknown) => {
        throw new WaybillError('WB_BROKEN', 'It broke.', { cause });
      }),
    ),
  }),
];
