import type { Claimed, ClaimRequest, EntryKey, Inbox, InboxJob, InboxState, InboxStep, LeaseToken, Recorded } from '@waybill/contract';
import type { JournalLink } from './link.ts';
import { claimArgs, claimedOf, factsRow, leaseRow, recordedOf, tokenRow } from './wire/facts.ts';
import { inboxEndingRow, inboxJobOf, inboxStateOf } from './wire/inbox.ts';
import { sizeOf } from './wire/legs.ts';
import { wireKept } from './wire/message.ts';

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
    return recordedOf(answer, inboxStateOf);
  }
}

function bytesIn({ ending }: InboxStep): number {
  switch (ending.outcome) {
    case 'done':
      return (ending.reply?.body.byteLength ?? 0) + (ending.archive?.message.body.byteLength ?? 0) + sizeOf(ending.legs);
    case 'again':
    case 'parked':
      return ending.kept?.message.body.byteLength ?? 0;
    case 'released':
      return 0;
  }
}
