import type { DatabaseSync } from 'node:sqlite';
import type { OwnerFacts } from '@waybill/sqlite';
import { type OperationKinds, Owners, Promises, type Service } from '@waybill/sqlite/thread';
import type { Operations } from '../wire/operations.ts';
import { type Clocks, JournalClock } from './clock.ts';
import { lookingOperations, steeringOperations, tellingOperations } from './desk/control.ts';
import { Forgetting } from './desk/forgetting.ts';
import { repairOperations } from './desk/repair.ts';
import { replayLister } from './desk/replay-table.ts';
import { replayOperations } from './desk/replays.ts';
import { viewOperations } from './desk/view.ts';
import { Begun } from './owners/begun.ts';
import { Freeing } from './owners/freeing.ts';
import { Leases } from './owners/leases.ts';
import { News } from './owners/news.ts';
import { Openings, Presence } from './owners/presence.ts';
import { Messages } from './rows/messages.ts';
import { journalPromises } from './schema.ts';
import { keepSums } from './seals/sealed-tables.ts';
import { claimOperations, Handout } from './steps/claims.ts';
import { InboxSteps, inboxOperations } from './steps/inbox.ts';
import { Legs } from './steps/legs.ts';
import { OutboxSteps, outboxOperations } from './steps/outbox.ts';
import { Reports } from './steps/reports.ts';

/** What `ThreadLink.open` answers for the thread that writes. */
export interface Opened {
  /** How many claims of the dead were freed. */
  readonly freed: number;
  readonly followsCrash: boolean;
}

const kinds: OperationKinds<Operations> = {
  find: 'read',
  unraised: 'read',
  list: 'read',
  show: 'read',
  counts: 'read',
  blocked: 'read',
  paused: 'read',
  records: 'read',
  replays: 'read',
  processes: 'read',
  tallies: 'read',
  lastStarted: 'read',
  // A claim, a lease, a presence or a portion of forgetting that a loss of power undoes was never made; some numbers are lost with it.
  claimInbox: 'light',
  claimOutbox: 'light',
  takeLease: 'light',
  releaseLease: 'light',
  forget: 'light',
  present: 'light',
  count: 'light',
  lost: 'watch',
  changed: 'watch',
};

/** What the thread does that only reads. */
export function viewingService(database: DatabaseSync, clocks?: Clocks): Service<Partial<Operations>> {
  const clock = new JournalClock(database, clocks);
  const operations = { ...viewOperations(database, clock), ...lookingOperations(database, clock), replays: replayLister(database) };
  return { database, operations, kinds };
}

interface Writing {
  readonly path: string;
  readonly owner: OwnerFacts;
  readonly clocks: Clocks | undefined;
  /** For people: it leaves no trace of its opening and takes none of a crash away. */
  readonly isDesk: boolean;
}

/** What the thread does that writes. */
export function writingService(database: DatabaseSync, { path, owner: facts, clocks, isDesk }: Writing): Service<Partial<Operations>> {
  keepSums(database);
  const clock = new JournalClock(database, clocks);
  const promises = new Promises(database, path, journalPromises, facts.uuid);
  const messages = new Messages(database, clock);
  const leases = new Leases(database);
  const begun = new Begun(database);
  const freeing = new Freeing(database, messages, begun, leases);
  const owners = new Owners(database, facts, freeing);
  const openings = new Openings(database);
  const presence = new Presence(database, clock);
  const forgetting = new Forgetting(database, messages);
  const { counts } = messages;
  return {
    database,
    owners,
    promises,
    kinds,
    operations: {
      ...stepOperations(database, { messages, leases, begun, owners }),
      forget: (keep) => forgetting.forget(keep),
      ...viewOperations(database, clock),
      ...lookingOperations(database, clock),
      ...leaseOperations(leases, owners, facts),
      ...newsOperations(new News(database, freeing)),
      ...replayOperations(database, messages),
      ...steeringOperations(database, messages),
      ...tellingOperations(database, messages, presence, facts.uuid),
    },
    opened: (freed): Opened => ({ freed, followsCrash: !isDesk && openings.open(facts.uuid) }),
    leaving() {
      openings.close(facts.uuid);
      presence.remove(facts.uuid);
    },
    undone() {
      counts.forget();
      forgetting.undone();
    },
    flush() {
      counts.flush();
      clock.note();
    },
  };
}

interface Parts {
  readonly messages: Messages;
  readonly leases: Leases;
  readonly begun: Begun;
  readonly owners: Owners;
}

function stepOperations(database: DatabaseSync, parts: Parts): Partial<Operations> {
  const { messages, owners } = parts;
  const legs = new Legs(database, messages);
  const reports = new Reports(database, messages);
  return {
    ...inboxOperations(new InboxSteps({ ...parts, legs })),
    ...outboxOperations(new OutboxSteps({ messages, legs, reports, owners }), reports),
    ...claimOperations(new Handout(database, messages, owners)),
    ...repairOperations(database, messages),
  };
}

function leaseOperations(leases: Leases, owners: Owners, { lease }: OwnerFacts): Partial<Operations> {
  return {
    takeLease: (entry) => leases.take(entry, owners),
    releaseLease: (held) => leases.release(held),
    lost: (held) => leases.isLost(held, owners, lease) || undefined,
  };
}

function newsOperations(news: News): Partial<Operations> {
  return { changed: () => news.take() };
}
