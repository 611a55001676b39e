import type { BlockedKey, By, Desk, EntryCounts, JournalEntry, JournalPage, JournalQuery, RowKey } from '@waybill/contract';
import { ownBytes } from '@waybill/sqlite';
import type { JournalLink } from './link.ts';
import { byRow } from './wire/control.ts';
import { blockedKey, entryCounts, journalEntry, journalPage, keyOf, keyRow, queryRow } from './wire/entries.ts';
import { limitOf, millisecondsOf } from './wire/rows.ts';
import { directionNumber } from './wire/states.ts';

/** What people do with the journal. Looking has a thread of its own, so that it never holds up messages. */
export class SqliteDesk implements Desk {
  readonly #writer: JournalLink;
  readonly #viewer: JournalLink;

  constructor(writer: JournalLink, viewer: JournalLink) {
    this.#writer = writer;
    this.#viewer = viewer;
  }

  async list(query: JournalQuery): Promise<JournalPage> {
    return journalPage(await this.#viewer.call('list', [queryRow(query)]));
  }

  async show({ direction, entry, id }: RowKey): Promise<JournalEntry | undefined> {
    const shown = await this.#viewer.call('show', [directionNumber(direction), entry, id]);
    return shown === null ? undefined : journalEntry(shown);
  }

  async reveal(key: RowKey, by: By): Promise<JournalEntry | undefined> {
    const shown = await this.#writer.call('reveal', [keyRow(key), byRow(by)]);
    return shown === null ? undefined : journalEntry(shown);
  }

  async replay(keys: readonly RowKey[], by: By): Promise<readonly RowKey[]> {
    return (await this.#writer.call('replay', [keys.map(keyRow), byRow(by)])).map(keyOf);
  }

  edit(key: RowKey, body: Uint8Array, by: By): Promise<boolean> {
    return this.#writer.call('edit', [keyRow(key), ownBytes(body), byRow(by)], body.byteLength);
  }

  async move(keys: readonly RowKey[], entry: string, by: By): Promise<readonly RowKey[]> {
    return (await this.#writer.call('move', [keys.map(keyRow), entry, byRow(by)])).map(keyOf);
  }

  async drop(keys: readonly RowKey[], by: By): Promise<readonly RowKey[]> {
    return (await this.#writer.call('drop', [keys.map(keyRow), byRow(by)])).map(keyOf);
  }

  async counts(): Promise<readonly EntryCounts[]> {
    // A look at a few rows, which every kernel takes when it starts: it is not worth the thread of those who look.
    return (await this.#writer.call('counts', [])).map(entryCounts);
  }

  async blocked({ limit = 100 }: { readonly limit?: number | undefined } = {}): Promise<readonly BlockedKey[]> {
    return (await this.#viewer.call('blocked', [limitOf(limit)])).map(blockedKey);
  }

  async forget(keep: number): Promise<{ readonly rows: number; readonly more: boolean }> {
    const [rows, more] = await this.#writer.call('forget', [millisecondsOf(keep)]);
    return { rows, more };
  }
}
