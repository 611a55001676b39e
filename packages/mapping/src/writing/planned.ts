import type { Holder, Slot } from '../holding/slot.ts';
import type { Walk } from './walk.ts';

/** A node that is ready to be written. Each is made once, from the declaration. */
export interface Planned {
  /** Whether the object has anything for the node: what is only supplied does not count. */
  present(holder: Holder): boolean;
  write(holder: Holder, walk: Walk): void;
  /** What the node is called, for errors about its absence. */
  readonly name: string;
  /** The key of the object without which nothing is written. Undefined where it is not as simple as that. */
  readonly needs: string | undefined;
}

/** The key of a slot that may be empty, where it is one of the object in hand. */
export function keyNeeded({ path, key }: Slot, isOptional: boolean): string | undefined {
  return isOptional && path.length === 0 ? key : undefined;
}

/** A node that is an attribute: its text, or undefined where it is left out. */
export interface PlannedAttribute {
  readonly name: string;
  /** The name without `@`. */
  readonly bare: string;
  present(holder: Holder): boolean;
  attribute(holder: Holder, walk: Walk, element: string): string | undefined;
}
