import { type EntryCounts, isWaybillError, type StartedManifest, unitKeyword, type WaybillError } from '@waybill/contract';
import type { CheckedManifest } from '@waybill/manifest';
import { entriesOf } from '../desk/entries.ts';
import { withDesk } from '../desk/open-desk.ts';

/** What a journal has. */
export interface JournalView {
  readonly counts: readonly EntryCounts[];
  /** The manifest of this name that was started last. */
  readonly last: StartedManifest | undefined;
}

/** What could be seen of a journal: nothing, where none has been made yet. */
export type Looked = JournalView | { readonly error: WaybillError } | 'not there';

/** Looks into the journal of a manifest, beside running kernels or without one. Changes nothing in it, and makes none. */
export async function lookInto(file: string): Promise<Looked> {
  try {
    return await withDesk({ manifest: file }, async ({ desk, control, manifest }) => {
      const [counts, last] = await Promise.all([desk.counts(), control.lastStarted(manifest.name)]);
      return { counts, last };
    });
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return error.code === 'WB_JOURNAL_NOT_THERE' ? 'not there' : { error };
  }
}

/** What of a journal nobody would work on under this manifest: all of it, where the manifest has another journal. */
export function strandedUnder(manifest: CheckedManifest, counts: readonly EntryCounts[], keepsJournal: boolean): readonly EntryCounts[] {
  const known = new Set(entriesOf(manifest).map(({ direction, entry }) => `${direction} ${entry}`));
  return counts.filter(
    ({ direction, entry, waiting, parked }) => waiting + parked > 0 && !(keepsJournal && known.has(`${direction} ${entry}`)),
  );
}

/** Whether two manifests have one journal: the same plugin, and the same values of all settings that say where it is. */
export function haveOneJournal({ journal: one }: CheckedManifest, { journal: other }: CheckedManifest): boolean {
  const settings = Object.entries(one.plugin.card.settings['properties'] as Readonly<Record<string, Setting>>);
  const saysWhere = ({ default: fallback, [unitKeyword]: unit }: Setting) => fallback === undefined || unit === 'path' || unit === 'secret';
  const same = (key: string) => JSON.stringify(one.settings[key]) === JSON.stringify(other.settings[key]);
  return one.plugin.card.name === other.plugin.card.name && settings.every(([key, setting]) => !saysWhere(setting) || same(key));
}

interface Setting {
  readonly default?: unknown;
  readonly [unitKeyword]?: string;
}
