import type { DatabaseSync } from 'node:sqlite';
import { Owners, type Service, type WaitingKind } from '@waybill/sqlite/thread';
import { errors } from '../errors.ts';
import { InHand } from './in-hand.ts';
import type { FileSettings, Held, QueueOperations, TakeOrder } from './protocol.ts';
import { Store } from './store.ts';

/** What the thread does with the file of the queues. */
export function queueService(database: DatabaseSync, settings: FileSettings): Service<QueueOperations> {
  const store = new Store(database, settings);
  const inHand = new InHand(database);
  const owners = new Owners(database, settings, {
    holds: (owner) => store.isHolding(owner),
    free: (owner) => store.giveBackAll(owner),
  });
  return {
    database,
    owners,
    operations: queueOperations(store, owners, inHand),
    kinds: { check: 'read', browse: 'read', depth: 'read', backout: 'light', take: takeKind(store, owners, inHand), awaitLoss: 'watch' },
    tidying: { isNeeded: () => store.hasExpired(Date.now()), run: () => store.discardExpired(Date.now()) },
    nextDue: () => store.nextDue(),
    undone() {
      store.forgetQueues();
      inHand.forget();
    },
  };
}

function queueOperations(store: Store, owners: Owners, inHand: InHand): QueueOperations {
  const refuseLost = (held: Held): void => {
    if (!owners.isMine(held.owner) || !store.isHeld(held))
      throw errors.WB_QUEUE_UNIT_LOST(`A message of queue ${held.queue} was given to somebody else meanwhile.`);
  };
  return {
    put: (put) => store.put(put),
    check: (queue) => store.check(queue),
    browse: (queue, limit) => store.browse(queue, limit),
    depth: (queue) => store.depth(queue),
    awaitLoss: (owner) => (store.hasOwner(owner) ? undefined : true),
    take(order) {
      const now = Date.now();
      store.wakeDue(now);
      const me = owners.current;
      const taken = store.take(order, { now, me, room: inHand.roomFor(order, me) }, () => owners.me());
      if (taken) inHand.add(taken);
      return taken;
    },
    commit(held, puts, reply) {
      refuseLost(held);
      store.accept(held, puts, reply);
      inHand.remove(held);
    },
    backout(held, after, isUncounted) {
      refuseLost(held);
      store.giveBack(held, after > 0 ? Date.now() + after : 0, isUncounted);
      inHand.remove(held);
    },
  };
}

/** Those who take any message of a queue are alike. Those who ask for order may find nothing where others find something. */
function takeKind(store: Store, owners: Owners, inHand: InHand): WaitingKind<readonly [TakeOrder]> {
  return {
    look(order) {
      const me = owners.current;
      return store.isWorthTaking(order, { now: Date.now(), me, room: inHand.roomFor(order, me) });
    },
    group: ({ queue, correlationId, inOrder, inHandBytes = '' }) =>
      correlationId === undefined && !inOrder ? `${queue} ${inHandBytes}` : undefined,
  };
}
