import type { Desk, JournalRow } from '@waybill/contract';
import { takeRows } from '@waybill/contract/host';
import { errors } from '../errors.ts';
import { directionOf, type Filter } from './query.ts';

/** Where a message is looked for by its id. */
export type Place = Pick<Filter, 'in' | 'out' | 'entry'>;

/** All rows of this id, in both directions and at every entry unless said otherwise. */
export async function rowsNamed(desk: Desk, id: string, place: Place): Promise<readonly JournalRow[]> {
  return (await takeRows(desk, { direction: directionOf(place), entry: place.entry, id }, 100)).rows;
}

/** The one row of this id. Throws `WB_CLI_UNKNOWN_ID` and `WB_CLI_AMBIGUOUS_ID`. */
export async function rowNamed(desk: Desk, id: string, place: Place): Promise<JournalRow> {
  const [only, ...others] = await rowsNamed(desk, id, place);
  if (only === undefined) throw errors.WB_CLI_UNKNOWN_ID(`The journal has no message ${id}${placeText(place)}.`);
  if (others.length === 0) return only;
  const places = [only, ...others].map(({ direction, entry }) => `${direction} ${entry}`).join(', ');
  throw errors.WB_CLI_AMBIGUOUS_ID(`The journal has the id ${id} at ${places}.`);
}

function placeText(place: Place): string {
  const direction = directionOf(place);
  const parts = [direction === undefined ? '' : { in: ' among what came in', out: ' among what goes out' }[direction]];
  return [...parts, place.entry === undefined ? '' : ` at ${place.entry}`].join('');
}
