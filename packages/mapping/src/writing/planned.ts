import type { Holder } from '../holding/slot.ts';
import type { Walk } from './walk.ts';

/** A node that is ready to be written. Each is made once, from the declaration. */
export interface Planned {
  /** Whether the object has anything for the node: what is only supplied does not count. */
  present(holder: Holder): boolean;
  write(holder: Holder, walk: Walk): void;
  /** What the node is called, for errors about its absence. */
  readonly name: string;
}

/** A node that is an attribute: its text, or undefined where it is left out. */
export interface PlannedAttribute {
  readonly name: string;
  present(holder: Holder): boolean;
  attribute(holder: Holder, walk: Walk, element: string): string | undefined;
}
