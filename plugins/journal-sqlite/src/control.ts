import {
  type By,
  type Control,
  type ControlRecord,
  type EntryName,
  type PausedEntry,
  type PresentProcess,
  presentFor,
  presentLimit,
  type RecordQuery,
  type StartedManifest,
  type Tally,
  type TallyQuery,
} from '@waybill/contract';
import type { JournalLink } from './link.ts';
import { byRow, controlRecord, entryRow, pausedEntry, presentProcess, startedManifest, tallyOf, tallyRow } from './wire/control.ts';
import { limitOf } from './wire/rows.ts';

const spans = { minute: 60_000, hour: 3_600_000 } as const;

/** How people steer the processes of the journal. What every process asks each second is asked of the thread that writes; the rest has a thread of its own. */
export class SqliteControl implements Control {
  readonly #writer: JournalLink;
  readonly #viewer: JournalLink;

  constructor(writer: JournalLink, viewer: JournalLink) {
    this.#writer = writer;
    this.#viewer = viewer;
  }

  pause(entry: EntryName, by: By): Promise<void> {
    return this.#writer.call('pause', [...entryRow(entry), byRow(by)]);
  }

  resume(entry: EntryName, by: By): Promise<void> {
    return this.#writer.call('resume', [...entryRow(entry), byRow(by)]);
  }

  async paused(): Promise<readonly PausedEntry[]> {
    return (await this.#writer.call('paused', [])).map(pausedEntry);
  }

  async records({ before, limit = 100 }: RecordQuery = {}): Promise<readonly ControlRecord[]> {
    return (await this.#viewer.call('records', [before ?? null, limitOf(limit)])).map(controlRecord);
  }

  async present(status: unknown): Promise<void> {
    const json = JSON.stringify(status);
    const size = Buffer.byteLength(json);
    if (size > presentLimit) throw new RangeError(`The status is longer than ${presentLimit} bytes.`);
    await this.#writer.call('present', [json, presentFor], size);
  }

  async processes(): Promise<readonly PresentProcess[]> {
    return (await this.#viewer.call('processes', [presentFor])).map(presentProcess);
  }

  started(name: string, manifest: unknown): Promise<void> {
    return this.#writer.call('started', [name, JSON.stringify(manifest)]);
  }

  async lastStarted(name: string): Promise<StartedManifest | undefined> {
    const row = await this.#viewer.call('lastStarted', [name]);
    return row === null ? undefined : startedManifest(row);
  }

  count(tallies: readonly Tally[]): Promise<void> {
    return this.#writer.call('count', [tallies.map(tallyRow)]);
  }

  async tallies({ since, entry, by = 'minute' }: TallyQuery): Promise<readonly Tally[]> {
    return (await this.#viewer.call('tallies', [spans[by], since, entry ? entryRow(entry) : null])).map(tallyOf);
  }
}
