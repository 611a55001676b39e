export { checkFields, type FieldsToCheck } from './checking/fields.ts';
export { type Filled, type Filling, fillingOf, type Given } from './checking/filling.ts';
export type { FieldFinding, FieldFindingKind } from './checking/finding.ts';
export { type Schema, type Shape, shapeOf } from './checking/shape.ts';
export type { AnyConversion, Conversion } from './declaring/conversion.ts';
export { type Mapping, mapping } from './declaring/mapping.ts';
export type {
  All,
  Alternative,
  Branch,
  Constant,
  Entries,
  Finding,
  Group,
  Ignored,
  Indexed,
  Joined,
  Leaf,
  Like,
  Mark,
  Node,
  Occurs,
  OneOf,
  Part,
  Path,
  Pick,
  Same,
  Tree,
} from './declaring/nodes.ts';
export type {
  EntriesOptions,
  GroupOptions,
  IgnoredOptions,
  LeafOptions,
  ListOptions,
  NodeOptions,
  Nodes,
  PickOptions,
} from './declaring/options.ts';
export { innerNodes, ownNodes, type Placed } from './declaring/own-nodes.ts';
export type { AnyKeys, EntryAt, ListPath, ObjectPath, PathTo, ValueAt } from './declaring/paths.ts';
export { constant, ignored, type Joint, same } from './declaring/texts.ts';
export { type TreeContent, type TreeElement, textOfTree } from './declaring/tree-content.ts';
export { once, perhaps, wireName } from './declaring/wire-name.ts';
export type { DescribedField, FieldContent, TextRule } from './describing/content.ts';
export { fieldsOf } from './describing/fields.ts';
export { makeUp } from './describing/make-up.ts';
export { follow, type Holder, held, isHolder, reach, type Slot, type Step, slotOf, store } from './holding/slot.ts';
export { conditionOf, type Finish, finishGroup, putEntry, repeatProblem } from './reading/finish.ts';
export type { FormatWriter, Writing } from './writing/format-writer.ts';
export { Misfit, type MisfitKind } from './writing/misfit.ts';
export { writingOf } from './writing/plan.ts';
