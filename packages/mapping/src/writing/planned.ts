import type { Problem } from '@waybill/values';
import type { Holder, Slot } from '../holding/slot.ts';
import type { FormatWriter } from './format-writer.ts';
import type { MisfitKind } from './misfit.ts';

/** A node that is ready to be written. Each is made once, from the declaration. */
export interface Planned {
  /** Whether the object has anything for the node: what is only supplied does not count. */
  present(holder: Holder): boolean;
  /** `value`: what the object has under `needs`, for nodes that have such a key. */
  write(holder: Holder, walk: Walk, value?: unknown): void;
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

/** One message that is being written: where it goes, and where the writing is, for errors. */
export interface Walk {
  readonly out: FormatWriter;
  /** The whole value. */
  readonly root: Holder;
  /** Enters a group, the `index`th of its kind (-1: it has no number). */
  enter(place: Place, index: number): void;
  leave(): void;
  /** Throws a `Misfit`: something below the group in hand is wrong. */
  refuse(kind: MisfitKind, says: string, where: Where): never;
  refuseText(what: string, problem: Problem, where: Where): never;
  /** The value as an object; throws a `Misfit` where it is none. */
  holder(value: unknown, name: string, field: string): Holder;
}

/** A group in words, for errors. */
export interface Place {
  /** Empty for neighbours without a node on the wire. */
  readonly name: string;
  /** Where its nodes live, '' for one whose nodes live where it does. */
  readonly field: string;
}

export interface Where {
  /** `/Name` or `@name`. */
  readonly below?: string;
  /** The way from the object in hand. */
  readonly field?: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}
