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
  OutboxNote,
  OutboxStep,
  Publication,
  RecipientOutcome,
  Recorded,
  Report,
  UnraisedReport,
} from '@waybill/contract';
import type { JournalLink } from './link.ts';
import { journalRow, knownReport } from './wire/entries.ts';
import type { OutboxEndingRow, OutboxJobRow } from './wire/operations.ts';
import {
  claimArgs,
  claimedOf,
  failureRow,
  legOf,
  legRow,
  limitOf,
  millisecondsOf,
  recipientsOf,
  tokenRow,
  wireMessage,
} from './wire/rows.ts';
import { outbound, stateNamed } from './wire/states.ts';

/** The outbound half: turns what it is given into calls of the thread that writes, and answers back. */
export class SqliteOutbox implements Outbox {
  readonly #link: JournalLink;

  constructor(link: JournalLink) {
    this.#link = link;
  }

  publish(legs: readonly Leg[], { id, raises }: Publication = {}): Promise<boolean> {
    const bytes = legs.reduce((sum, { message }) => sum + message.body.byteLength, 0);
    const reportKey = raises ? ([raises.entry, raises.id, raises.report] as const) : null;
    return this.#link.call('publish', [legs.map(legRow), id ?? null, reportKey], bytes);
  }

  async begin(leg: Leg, receipts?: readonly string[]): Promise<ClaimToken | undefined> {
    const token = await this.#link.call('beginLeg', [legRow(leg), receiptsRow(receipts)], leg.message.body.byteLength);
    return token === null ? undefined : { owner: token[0], version: token[1] };
  }

  async claim(request: ClaimRequest): Promise<Claimed<OutboxJob>> {
    return claimedOf(await this.#link.call('claimOutbox', claimArgs(request)), outboxJobOf);
  }

  async settle({ entry, id, token, ending }: OutboxStep): Promise<Recorded<JournalState>> {
    const size = ending.outcome === 'sent' ? (ending.reply?.body.byteLength ?? 0) : 0;
    const answer = await this.#link.call('settleOutbox', [entry, id, tokenRow(token), outboxEndingRow(ending)], size);
    if (answer === 'reported') return { outcome: 'recorded', reported: true };
    return typeof answer === 'string' ? { outcome: answer } : { outcome: 'known', state: stateNamed(outbound, answer[1]) };
  }

  async note({ entry, id, token, recipients }: OutboxNote): Promise<Recorded<JournalState>> {
    const answer = await this.#link.call('noteRecipients', [entry, id, tokenRow(token), JSON.stringify(recipients)]);
    return typeof answer === 'string' ? { outcome: answer } : { outcome: 'known', state: stateNamed(outbound, answer[1]) };
  }

  async report(report: Report): Promise<JournalRow | undefined> {
    const row = await this.#link.call('report', [report.about, report.id, JSON.stringify(report)]);
    return row === null ? undefined : journalRow(row);
  }

  async unraised(limit: number): Promise<readonly UnraisedReport[]> {
    const rows = await this.#link.call('unraised', [limitOf(limit)]);
    return rows.map(([leg, report, at]) => ({ leg: journalRow(leg), report: knownReport(report, at) }));
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
      const { detail = null, receipts, recipients, reply, archive } = ending;
      return ['sent', receiptsRow(receipts), recipientsRow(recipients), detail, reply ? wireMessage(reply) : null, archive];
    }
    case 'again': {
      const { dueIn, failure, attempts, receipts, recipients } = ending;
      const failed = failure ? failureRow(failure) : null;
      return ['again', receiptsRow(receipts), recipientsRow(recipients), millisecondsOf(dueIn), failed, attempts];
    }
    case 'parked': {
      const { failure, attempts, blocks, receipts, recipients } = ending;
      return ['parked', receiptsRow(receipts), recipientsRow(recipients), failureRow(failure), attempts, blocks];
    }
    case 'failed':
      return ['failed', receiptsRow(ending.receipts), null, failureRow(ending.failure)];
    case 'released':
      return ['released', null];
  }
}

/** As the file has them, so that what is compared there is the same. */
function receiptsRow(receipts: readonly string[] = []): string | null {
  return receipts.length === 0 ? null : JSON.stringify(receipts.map((receipt) => receipt.toWellFormed()));
}

function recipientsRow(recipients: readonly RecipientOutcome[] | undefined): string | null {
  return recipients === undefined ? null : JSON.stringify(recipients);
}
