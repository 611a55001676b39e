import type { Node } from '../declaring/nodes.ts';

/** What can be wrong between a declaration and the schema of its value. */
export type FieldFindingKind =
  /** A node names a field that the value does not have. */
  | 'unknown field'
  /** The text of a node is not what the field takes. */
  | 'wrong type'
  /** The value needs a field that no node fills, or not on every way. */
  | 'missing field'
  /** Two nodes that can both be there fill one field. */
  | 'filled twice'
  /** A field of the value has no place in the message, so that a value with it cannot be written. */
  | 'no place'
  /** Something that the schema of the value allows cannot be written. */
  | 'may not fit';

export interface FieldFinding {
  readonly kind: FieldFindingKind;
  /** The field: `items[].quantity`. */
  readonly field: string;
  /** A whole sentence. */
  readonly says: string;
  /** The node that is to blame. Undefined: the declaration as a whole. */
  readonly node: Node | undefined;
  /** The names that would have been right, for whoever looks for the nearest. */
  readonly known: readonly string[];
}
