import type {
  Claim,
  Claimed,
  FailedAttempt,
  Finished,
  InboxKey,
  InboxState,
  Journal,
  JournalEntry,
  JournalQuery,
  JournalRow,
  KeptMessage,
  Leg,
  OutboxJob,
  OutboxKey,
  RowKey,
  StoredJob,
} from '@waybill/contract';
import { ownBytes, type ThreadLink } from '@waybill/sqlite';
import {
  claimRow,
  failureRow,
  journalEntry,
  journalRow,
  keptRow,
  legRow,
  outboxJob,
  queryRow,
  stateNamed,
  stateOf,
  storedJob,
  wireMessage,
} from './encoding.ts';
import { directions, type Operations, type ThreadData } from './operations.ts';

type JournalLink = ThreadLink<Operations, ThreadData>;

/** The journal as the kernel sees it: turns what it is given into calls of a thread, and answers back. */
export class SqliteJournal implements Journal {
  readonly #writer: JournalLink;
  /** Its own thread: what a person looks through never holds up messages. Started with the first look, ended when nobody looks. */
  readonly #viewer: JournalLink;

  constructor(writer: JournalLink, viewer: JournalLink) {
    this.#writer = writer;
    this.#viewer = viewer;
  }

  async find({ entry, id }: InboxKey): Promise<InboxState> {
    return stateOf(await this.#writer.call('find', [entry, id]));
  }

  finish({ entry, id, digest, type, trace, at, reply, archive, legs }: Finished): Promise<boolean> {
    const kept = archive && wireMessage(archive.message, archive.principal);
    const answer = reply && wireMessage(reply);
    const rows = legs.map(legRow);
    const size = (kept?.[1].byteLength ?? 0) + (answer?.[1].byteLength ?? 0) + sizeOf(legs);
    return this.#writer.call('finish', [[entry, id, digest, type, trace, at], answer ?? null, kept ?? null, rows], size);
  }

  async store({ entry, id }: InboxKey, kept: KeptMessage, at: number): Promise<InboxState> {
    return stateOf(await this.#writer.call('store', [entry, id, keptRow(kept), at], kept.message.body.byteLength));
  }

  async claimStored(claim: Claim): Promise<Claimed<StoredJob>> {
    const { rows, nextDue } = await this.#writer.call('claimStored', [claimRow(claim)]);
    return { jobs: rows.map((row) => storedJob(claim.name, row)), nextDue: nextDue ?? undefined };
  }

  failed({ entry, id }: InboxKey, failure: Parameters<Journal['failed']>[1]): Promise<void> {
    return this.#writer.call('failed', [entry, id, failureRow(failure), failure.due, failure.digest, failure.trace]);
  }

  park({ entry, id }: InboxKey, kept: KeptMessage, failure: FailedAttempt): Promise<void> {
    return this.#writer.call('park', [entry, id, keptRow(kept), failureRow(failure)], kept.message.body.byteLength);
  }

  publish(legs: readonly Leg[], { at, id }: Parameters<Journal['publish']>[1]): Promise<boolean> {
    return this.#writer.call('publish', [legs.map(legRow), at, id ?? null], sizeOf(legs));
  }

  async claimOutbox(claim: Claim): Promise<Claimed<OutboxJob>> {
    const { rows, nextDue } = await this.#writer.call('claimOutbox', [claimRow(claim)]);
    return { jobs: rows.map((row) => outboxJob(claim.name, row)), nextDue: nextDue ?? undefined };
  }

  sent({ destination, id }: OutboxKey, { at, detail, archive }: Parameters<Journal['sent']>[1]): Promise<void> {
    return this.#writer.call('sent', [destination, id, at, detail ?? null, archive]);
  }

  postponed({ destination, id }: OutboxKey, { due, failure }: Parameters<Journal['postponed']>[1]): Promise<void> {
    return this.#writer.call('postponed', [destination, id, due, failure ? failureRow(failure) : null]);
  }

  parkLeg({ destination, id }: OutboxKey, failure: FailedAttempt): Promise<void> {
    return this.#writer.call('parkLeg', [destination, id, failureRow(failure)]);
  }

  async list(query: JournalQuery): Promise<readonly JournalRow[]> {
    return (await this.#viewer.call('list', [queryRow(query)])).map(journalRow);
  }

  async show({ direction, name, id }: RowKey): Promise<JournalEntry | undefined> {
    const shown = await this.#viewer.call('show', [directions.indexOf(direction), name, id]);
    return shown === null ? undefined : journalEntry(shown);
  }

  replay({ direction, name, id }: RowKey, { at, body }: Parameters<Journal['replay']>[1]): Promise<boolean> {
    return this.#writer.call('replay', [directions.indexOf(direction), name, id, at, body ? ownBytes(body) : null], body?.byteLength);
  }

  drop({ direction, name, id }: RowKey): Promise<boolean> {
    return this.#writer.call('drop', [directions.indexOf(direction), name, id]);
  }

  async count(): ReturnType<Journal['count']> {
    const counts = await this.#viewer.call('count', []);
    return counts.map(([direction, name, state, rows]) => ({
      direction: direction === 0 ? 'in' : 'out',
      name,
      state: stateNamed(state),
      rows,
    }));
  }

  async forget(at: number): Promise<number> {
    let forgotten = 0;
    let next: number | null = 0;
    while (next !== null) {
      const portion: { readonly rows: number; readonly next: number | null } = await this.#writer.call('forgetRows', [at, next]);
      forgotten += portion.rows;
      ({ next } = portion);
    }
    while (await this.#writer.call('forgetPublications', [at]));
    return forgotten;
  }

  async close(): Promise<void> {
    await Promise.all([this.#writer.close(), this.#viewer.close()]);
  }
}

function sizeOf(legs: readonly Leg[]): number {
  let size = 0;
  for (const { message } of legs) size += message.body.byteLength;
  return size;
}
