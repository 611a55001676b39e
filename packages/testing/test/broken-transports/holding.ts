import { type Fault, fault, later, running } from './fault.ts';

const standsBy = (order: string): string =>
  `lets one listener receive in the order '${order}', while the other stands by and says so, until the first one stops`;

export const holdingFaults: readonly Fault[] = [
  fault(
    'does-not-hold',
    [standsBy('serial'), standsBy('key'), 'lets the one that stands by take over when the one that receives crashes'],
    {
      receiving: (context) => ({ ...context, order: 'parallel' }),
    },
  ),
  fault('holds-for-one-order-only', [standsBy('key')], {
    receiving: (context) => ({ ...context, order: context.order === 'key' ? 'parallel' : context.order }),
  }),
  fault('always-holds', ['lets listeners that want no order share the endpoint'], {
    receiving: (context) => ({ ...context, order: 'serial' }),
  }),
  fault(
    'overtakes-another-listener',
    (['serial', 'key'] as const).map((order) => `hands out nothing in the order '${order}' behind what another listener has in hand`),
    { options: { exclusive: false }, receiving: (context) => ({ ...context, order: 'parallel' }) },
  ),
  fault('stands-by-in-silence', [standsBy('serial')], {
    receiving: (context) => ({ ...context, tell: () => undefined }),
  }),
  fault(
    'never-takes-over',
    [standsBy('serial'), 'lets the one that stands by take over what the first one had in hand when its connection goes'],
    {
      listener: (inner, memory, queue, context) => {
        // Whoever finds the queue held when it begins looks at it no more.
        const isFirst = memory.size(queue) === 0 && !standing.has(queue);
        if (context.order !== 'parallel') standing.add(queue);
        return running((sound, deliver, stop) => {
          if (isFirst || context.order === 'parallel') return sound.run(deliver, stop);
          context.tell('standing-by');
          return new Promise((resolve) => {
            stop.addEventListener('abort', () => resolve(), { once: true });
          });
        })(inner);
      },
    },
  ),
  fault('takes-over-late', ['lets the one that stands by take over what the first one had in hand when its connection goes'], {
    listener: running(async (inner, deliver, stop) => {
      let isFirst = true;
      await inner.run(async (delivery) => {
        if (isFirst && (delivery.attempt ?? 1) > 1) await later(1_000);
        isFirst = false;
        return deliver(delivery);
      }, stop);
    }),
  }),
];

const standing = new Set<string>();
