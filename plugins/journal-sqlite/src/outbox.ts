import type {
  Claimed,
  ClaimRequest,
  ClaimToken,
  EntryKey,
  JournalRow,
  JournalState,
  Leg,
  Message,
  Outbox,
  OutboxJob,
  OutboxStep,
  Recorded,
  Report,
} from '@waybill/contract';
import type { JournalLink } from './link.ts';
import { journalRow } from './wire/entries.ts';
import { claimArgs, claimedOf, recordedOf, tokenRow } from './wire/facts.ts';
import { legRow, outboxEndingRow, outboxJobOf, sizeOf } from './wire/legs.ts';
import { wireMessage } from './wire/message.ts';
import { outbound, stateNamed } from './wire/states.ts';

/** The outbound half: turns what it is given into calls of the thread that writes, and answers back. */
export class SqliteOutbox implements Outbox {
  readonly #link: JournalLink;

  constructor(link: JournalLink) {
    this.#link = link;
  }

  publish(legs: readonly Leg[], { id }: { readonly id?: string | undefined } = {}): Promise<boolean> {
    return this.#link.call('publish', [legs.map(legRow), id ?? null], sizeOf(legs));
  }

  async begin(leg: Leg): Promise<ClaimToken | undefined> {
    const token = await this.#link.call('beginLeg', [legRow(leg)], leg.message.body.byteLength);
    return token === null ? undefined : { owner: token[0], version: token[1] };
  }

  async claim(request: ClaimRequest): Promise<Claimed<OutboxJob>> {
    return claimedOf(await this.#link.call('claimOutbox', claimArgs(request)), outboxJobOf);
  }

  async settle({ entry, id, token, ending }: OutboxStep): Promise<Recorded<JournalState>> {
    const size = ending.outcome === 'sent' ? (ending.reply?.body.byteLength ?? 0) : 0;
    const answer = await this.#link.call('settleOutbox', [entry, id, tokenRow(token), outboxEndingRow(ending)], size);
    return recordedOf(answer, (state) => stateNamed(outbound, state));
  }

  async report(report: Report): Promise<JournalRow | undefined> {
    const row = await this.#link.call('report', [report.about, report.id, JSON.stringify(report)]);
    return row === null ? undefined : journalRow(row);
  }

  answered({ entry, id }: EntryKey, reply: Message): Promise<void> {
    return this.#link.call('answered', [entry, id, wireMessage(reply)], reply.body.byteLength);
  }
}
