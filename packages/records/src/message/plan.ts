import type { Finish, Group, Slot } from '@waybill/mapping';
import type { AnyTextType } from '@waybill/values';

/** How a tag or a group of fields is read: which of its children means what, by name. Made once for a declaration. */
export interface GroupPlan {
  readonly name: string;
  /** Where its object goes. Undefined: its nodes live where the group does. */
  readonly slot: Slot | undefined;
  /** True: what is in it lives in an object of its own. */
  readonly own: boolean;
  readonly fields: Map<string, FieldPlan>;
  readonly groups: Map<string, GroupPlan>;
  /** Set where the group is an entry of a record: the fields with its name and its text. */
  readonly entry: EntryPlan | undefined;
  readonly finish: Finish[];
  readonly check: Group['check'];
  readonly sets: NonNullable<Group['sets']>;
}

/** A field and where its value goes. */
export interface FieldPlan {
  /** Undefined: what it holds has no place in the value. */
  readonly as: AnyTextType | undefined;
  readonly slot: Slot | undefined;
  readonly part: number | undefined;
  readonly same: readonly string[] | undefined;
  /** The value of a blank field; undefined where there is none. */
  readonly preset: unknown;
  /** Whether a blank field is a fault. */
  readonly mandatory: boolean;
  /** Whether its text, which means nothing, is kept beside the value and written back. */
  readonly kept: boolean;
}

export interface EntryPlan {
  readonly name: string;
  readonly text: string;
  readonly named: AnyTextType;
  readonly as: AnyTextType;
}
