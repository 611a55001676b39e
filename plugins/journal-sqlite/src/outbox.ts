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
  OutboxEnding,
  OutboxJob,
  OutboxStep,
  RecipientOutcome,
  Recorded,
  Report,
} from '@waybill/contract';
import type { JournalLink } from './link.ts';
import { journalRow } from './wire/entries.ts';
import type { OutboxEndingRow, OutboxJobRow } from './wire/operations.ts';
import { claimArgs, claimedOf, failureRow, legOf, legRow, millisecondsOf, recipientsOf, tokenRow, wireMessage } from './wire/rows.ts';
import { outbound, stateNamed } from './wire/states.ts';

/** The outbound half: turns what it is given into calls of the thread that writes, and answers back. */
export class SqliteOutbox implements Outbox {
  readonly #link: JournalLink;

  constructor(link: JournalLink) {
    this.#link = link;
  }

  publish(legs: readonly Leg[], { id }: { readonly id?: string | undefined } = {}): Promise<boolean> {
    const bytes = legs.reduce((sum, { message }) => sum + message.body.byteLength, 0);
    return this.#link.call('publish', [legs.map(legRow), id ?? null], bytes);
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
    return typeof answer === 'string' ? { outcome: answer } : { outcome: 'known', state: stateNamed(outbound, answer[1]) };
  }

  async report(report: Report): Promise<JournalRow | undefined> {
    const row = await this.#link.call('report', [report.about, report.id, JSON.stringify(report)]);
    return row === null ? undefined : journalRow(row);
  }

  answered({ entry, id }: EntryKey, reply: Message): Promise<void> {
    return this.#link.call('answered', [entry, id, wireMessage(reply)], reply.body.byteLength);
  }
}

function outboxJobOf({ leg, token, attempts, unresolved, publishedAt, recipients }: OutboxJobRow): OutboxJob {
  const [owner, version] = token;
  return { leg: legOf(leg), token: { owner, version }, attempts, unresolved, publishedAt, recipients: recipientsOf(recipients) };
}

function outboxEndingRow(ending: OutboxEnding): OutboxEndingRow {
  switch (ending.outcome) {
    case 'sent': {
      const { detail = null, receipt = null, recipients, reply, archive } = ending;
      return ['sent', detail, receipt, recipientsRow(recipients), reply ? wireMessage(reply) : null, archive];
    }
    case 'again': {
      const { dueIn, failure, attempts, recipients } = ending;
      return ['again', millisecondsOf(dueIn), failure ? failureRow(failure) : null, attempts, recipientsRow(recipients)];
    }
    case 'parked':
      return ['parked', failureRow(ending.failure), ending.attempts, ending.blocks, recipientsRow(ending.recipients)];
    case 'failed':
      return ['failed', failureRow(ending.failure)];
    case 'released':
      return ['released'];
  }
}

function recipientsRow(recipients: readonly RecipientOutcome[] | undefined): string | null {
  return recipients === undefined ? null : JSON.stringify(recipients);
}
