import { choices } from './choices.ts';
import { groups } from './groups.ts';
import { texts } from './texts.ts';

export type Mapping<T> = ReturnType<typeof texts<T>> & ReturnType<typeof groups<T>> & ReturnType<typeof choices<T>>;

/**
 * Makes the nodes of a T: the compiler knows the fields of T and what they can hold. A name on the wire says how often it occurs:
 * `Comment?` at most once, `Line*` any number of times, `Line+` at least once. `@type` is an attribute, `.` the own text of a group.
 * Each function throws a `TypeError` for a declaration that no message could follow.
 */
export function mapping<T>(): Mapping<T> {
  return nodes as unknown as Mapping<T>;
}

/** A pack asks for them at each of its messages. */
const nodes = { ...texts<never>(), ...groups<never>(), ...choices<never>() };
