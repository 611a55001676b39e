import type { JournalDirection, JournalState } from '@waybill/contract';

export const inbound = 0;
export const outbound = 1;

/**
 * The states as numbers. `kept` is what the journal hands out itself: `stored` of an inbound message, `waiting` of a leg.
 * `counted` is an inbound message that its transport hands out again: `waiting`.
 */
export const counted = 0;
export const kept = 1;
export const done = 2;
export const parked = 3;
export const failed = 4;

const names: Readonly<Record<JournalDirection, readonly JournalState[]>> = {
  in: ['waiting', 'stored', 'done', 'parked', 'failed'],
  out: ['waiting', 'waiting', 'done', 'parked', 'failed'],
};

export function directionNamed(number: number): JournalDirection {
  return number === inbound ? 'in' : 'out';
}

export function directionNumber(direction: JournalDirection): number {
  return direction === 'in' ? inbound : outbound;
}

export function stateNamed(direction: number, number: number): JournalState {
  const name = names[directionNamed(direction)][number];
  if (name === undefined) throw new RangeError(`The journal has no state ${number}.`);
  return name;
}

/** The number of a state in one direction; undefined where there are no such rows. */
export function stateNumber(direction: number, state: JournalState): number | undefined {
  const number = names[directionNamed(direction)].lastIndexOf(state);
  return number < 0 ? undefined : number;
}
