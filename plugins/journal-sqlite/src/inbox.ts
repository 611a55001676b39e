import type {
  Claimed,
  ClaimRequest,
  EntryKey,
  InboundFacts,
  Inbox,
  InboxEnding,
  InboxJob,
  InboxState,
  InboxStep,
  LeaseToken,
  Recorded,
} from '@waybill/contract';
import type { JournalLink } from './link.ts';
import type { FactsRow, FoundRow, InboxEndingRow, InboxJobRow } from './wire/operations.ts';
import {
  claimArgs,
  claimedOf,
  failureOf,
  failureRow,
  keptOf,
  keysOf,
  leaseRow,
  legRow,
  messageOf,
  millisecondsOf,
  tokenRow,
  wireKept,
  wireMessage,
} from './wire/rows.ts';
import { inbound, stateNamed } from './wire/states.ts';

/** The inbound half: turns what it is given into calls of the thread that writes, and answers back. */
export class SqliteInbox implements Inbox {
  readonly #link: JournalLink;

  constructor(link: JournalLink) {
    this.#link = link;
  }

  async find({ entry, id }: EntryKey, orderKey?: string): ReturnType<Inbox['find']> {
    const [known, blocked] = await this.#link.call('find', [entry, id, orderKey ?? null]);
    return { known: inboxStateOf(known), blocked };
  }

  begin({ entry, id }: EntryKey, facts: Parameters<Inbox['begin']>[1]): Promise<void> {
    return this.#link.call('begin', [entry, id, factsRow(facts)]);
  }

  async store(message: Parameters<Inbox['store']>[0], lease?: LeaseToken): Promise<InboxState | undefined> {
    const { entry, id } = message;
    const held = lease ? leaseRow(lease) : null;
    const known = await this.#link.call('store', [entry, id, factsRow(message), wireKept(message), held], message.message.body.byteLength);
    return known === 'lost' ? undefined : inboxStateOf(known);
  }

  async claim(request: ClaimRequest): Promise<Claimed<InboxJob>> {
    return claimedOf(await this.#link.call('claimInbox', claimArgs(request)), (row) => inboxJobOf(request.entry, row));
  }

  async settle(step: InboxStep): Promise<Recorded<InboxState>> {
    const { entry, id, ending, token, lease } = step;
    const proof = [token ? tokenRow(token) : null, lease ? leaseRow(lease) : null] as const;
    const answer = await this.#link.call('settleInbox', [entry, id, factsRow(step), inboxEndingRow(ending), ...proof], bytesIn(step));
    return typeof answer === 'string' ? { outcome: answer } : { outcome: 'known', state: inboxStateOf(answer[1]) };
  }
}

function factsRow({ digest, trace, type, store, orderKey, businessKeys }: InboundFacts): FactsRow {
  return [digest, trace, type ?? null, store ?? null, orderKey ?? null, businessKeys ? JSON.stringify(businessKeys) : null];
}

function inboxEndingRow(ending: InboxEnding): InboxEndingRow {
  switch (ending.outcome) {
    case 'done':
      return [
        'done',
        ending.reply ? wireMessage(ending.reply) : null,
        ending.legs.map(legRow),
        ending.archive ? wireKept(ending.archive) : null,
      ];
    case 'again': {
      const { failure, attempts, dueIn, kept } = ending;
      return ['again', failureRow(failure), attempts, millisecondsOf(dueIn), kept ? wireKept(kept) : null];
    }
    case 'parked':
      return ['parked', failureRow(ending.failure), ending.attempts, wireKept(ending.kept), ending.blocks, (ending.legs ?? []).map(legRow)];
    case 'released':
      return ['released'];
  }
}

function inboxStateOf(row: FoundRow | null): InboxState {
  if (row === null) return { state: 'unknown' };
  const { digest, trace, attempts, unresolved, failure, reply } = row;
  const state = stateNamed(inbound, row.state);
  switch (state) {
    case 'waiting':
    case 'stored':
      return { state, attempts, unresolved, digest, trace };
    case 'done':
      return { state, digest, reply: reply === null ? undefined : messageOf(reply) };
    case 'parked':
    case 'failed':
      return { state: 'parked', digest, trace, ...failureOf(failure ?? ['', 'invalid', '']) };
  }
}

function inboxJobOf(entry: string, { id, facts, token, attempts, unresolved, message }: InboxJobRow): InboxJob {
  const [digest, trace, type, store, orderKey, keys] = facts;
  return {
    entry,
    id,
    digest,
    trace,
    type: type ?? undefined,
    store: store ?? undefined,
    orderKey: orderKey ?? undefined,
    businessKeys: keysOf(keys),
    ...keptOf(message),
    token: { owner: token[0], version: token[1] },
    attempts,
    unresolved,
  };
}

/** Of the bodies. */
function bytesIn({ ending }: InboxStep): number {
  switch (ending.outcome) {
    case 'done':
      return (
        (ending.reply?.body.byteLength ?? 0) +
        (ending.archive?.message.body.byteLength ?? 0) +
        ending.legs.reduce((bytes, { message }) => bytes + message.body.byteLength, 0)
      );
    case 'again':
    case 'parked':
      return ending.kept?.message.body.byteLength ?? 0;
    case 'released':
      return 0;
  }
}
