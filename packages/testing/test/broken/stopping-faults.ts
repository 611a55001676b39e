import { accepted, type Fault, fault, later, onSettlement } from './fault.ts';

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
];

export const replyFaults: readonly Fault[] = [
  fault('forgets-correlation', ['sends the reply to the address in the message, with the id of the message as correlation'], {
    listener: onSettlement((given) => (given.reply ? { ...given, reply: { ...given.reply, correlationId: 'other' } } : given)),
  }),
  fault('swallows-replies', ['sends the reply to the address in the message, with the id of the message as correlation'], {
    listener: onSettlement((given) => ({ ...given, reply: undefined })),
  }),
];
