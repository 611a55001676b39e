import { type Fault, fault, meddling, onDelivery, onSettlement, running } from './fault.ts';

/** Puts the same message again after a while, as a broker does when it has heard nothing of it. */
const comesAgain = (outcome: 'accepted' | 'rejected') =>
  ({
    listener: (inner, memory, queue) =>
      meddling((deliver) => async (delivery) => {
        const given = await deliver(delivery);
        const { id = '', createdAt = 0, ...message } = delivery.message;
        if (given.outcome === outcome) setTimeout(() => memory.put(queue, { ...message, id, createdAt }), 300);
        return given;
      })(inner),
    harness: { lease: 300 },
  }) satisfies Parameters<typeof fault>[2];

export const settlingFaults: readonly Fault[] = [
  fault('never-acknowledges-what-was-accepted', ['is gone when it was accepted, also for a new listener'], comesAgain('accepted')),
  fault('never-acknowledges-what-was-rejected', ['is gone when it was rejected, whatever was wrong with it'], comesAgain('rejected')),
  fault('keeps-what-is-stored', ['is gone when it was accepted, also for a new listener'], {
    listener: onSettlement((given) => (given.outcome === 'accepted' && given.stored ? { outcome: 'released' } : given)),
  }),
  fault('keeps-what-was-rejected', ['is gone when it was rejected, whatever was wrong with it'], {
    listener: onSettlement((given) => (given.outcome === 'rejected' ? { ...given, outcome: 'retry', after: 0 } : given)),
  }),
  fault('tries-again-what-is-unavailable', ['is gone when it was rejected, whatever was wrong with it'], {
    listener: onSettlement((given) =>
      given.outcome === 'rejected' && given.fault.kind === 'unavailable' ? { ...given, outcome: 'retry', after: 0 } : given,
    ),
  }),
  fault('removes-what-was-released', ['comes again when it was released, to the next listener after a stop'], {
    listener: onSettlement((given) => (given.outcome === 'released' ? { outcome: 'accepted' } : given)),
  }),
  fault('puts-what-was-released-behind', ['comes again when it was released, to the next listener after a stop'], {
    listener: (inner, memory, queue) =>
      meddling((deliver) => async (delivery) => {
        const given = await deliver(delivery);
        if (given.outcome !== 'released') return given;
        const { id = '', createdAt = 0, ...message } = delivery.message;
        memory.put(queue, { ...message, id, createdAt });
        return { outcome: 'accepted' };
      })(inner),
  }),
  fault('does-not-renew-its-lease', ['stays with its listener for as long as it is in hand, also for longer than the lease'], {
    listener: (inner, memory, queue) =>
      meddling((deliver) => (delivery) => {
        const { id = '', createdAt = 0, ...message } = delivery.message;
        const timer = setTimeout(() => memory.put(queue, { ...message, id, createdAt }), 150);
        return deliver(delivery).finally(() => clearTimeout(timer));
      })(inner),
    harness: { lease: 150 },
  }),
  fault('does-not-say-what-was-taken-back', ['is lost when it is taken back, and comes again whatever is said of the first delivery'], {
    listener: onDelivery(({ message, attempt }) => ({ message, attempt })),
  }),
  fault('swallows-errors-of-settlements', ['whose settlement fails ends run() with an error that says to try again, and comes again'], {
    listener: running((inner, deliver, stop) =>
      inner.run(deliver, stop).catch(
        () =>
          new Promise<void>((resolve) => {
            stop.addEventListener('abort', () => resolve(), { once: true });
          }),
      ),
    ),
  }),
  fault('says-that-its-senders-wait', ['tells the sender that its message was taken, or of whatever failure'], {
    transport: (sound) => ({
      ...sound,
      ...(sound.receive && { receive: { ...sound.receive, guarantees: { ...sound.receive.guarantees, waits: true } } }),
    }),
  }),
  fault('says-that-everything-was-taken', ['tells the sender that its message was taken, or of whatever failure'], {
    options: { waits: true },
    listener: onSettlement((given) => (given.outcome === 'rejected' ? { outcome: 'accepted', reply: given.reply } : given)),
  }),
  fault('says-that-what-is-released-was-taken', ['tells the sender that its message was taken, or of whatever failure'], {
    options: { waits: true },
    listener: onSettlement((given) => (given.outcome === 'released' ? { outcome: 'accepted' } : given)),
  }),
];
