import type { EntryName } from '@waybill/contract';
import { repliesOf } from '@waybill/contract/host';
import { type CheckedManifest, didYouMean } from '@waybill/manifest';
import { errors } from '../errors.ts';
import { directionOf, type Filter } from '../messages/query.ts';
import type { OpenDesk } from './open-desk.ts';

/** Every entry that the manifest stands for, also those that are not enabled, and those of late replies. */
export function entriesOf({ declared: { inbound, outbound } }: CheckedManifest): readonly EntryName[] {
  const named = (direction: EntryName['direction']) => (entry: string) => ({ direction, entry });
  return [...inbound.map(named('in')), ...outbound.map(named('out')), ...inbound.map(repliesOf).map(named('out'))];
}

/** The entry of that name. Throws `WB_CLI_UNKNOWN_ENTRY`, also when it could be either of two. */
export function entryNamed(manifest: CheckedManifest, name: string, place: Pick<Filter, 'in' | 'out'>): EntryName {
  const direction = directionOf(place);
  const entries = entriesOf(manifest).filter((one) => direction === undefined || one.direction === direction);
  const [only, other] = entries.filter(({ entry }) => entry === name);
  if (only && other)
    throw errors.WB_CLI_UNKNOWN_ENTRY(`${name} is an inbound and an outbound entry.`, { hint: 'Say which with --in or --out.' });
  if (only) return only;
  const near = didYouMean(
    name,
    entries.map(({ entry }) => entry),
  );
  const hint = near === undefined ? undefined : `Did you mean ${near}?`;
  const what = direction === undefined ? 'entry' : { in: 'inbound entry', out: 'outbound entry' }[direction];
  throw errors.WB_CLI_UNKNOWN_ENTRY(`The manifest has no ${what} ${name}.`, { at: manifest.file, hint });
}

/**
 * Throws `WB_CLI_UNKNOWN_ENTRY` for a filter by an entry that neither the manifest nor the journal has: that nothing is found there would
 * say nothing. What is stranded has its entry in the journal alone.
 */
export async function refuseUnknownEntry({ manifest, desk }: Pick<OpenDesk, 'manifest' | 'desk'>, { entry: name }: Filter): Promise<void> {
  if (name === undefined || entriesOf(manifest).some(({ entry }) => entry === name)) return;
  const { rows } = await desk.list({ entry: name, limit: 1 });
  if (rows.length === 0) entryNamed(manifest, name, {});
}
