export type { Unit } from './content/content.ts';
export { type CopybookChoice } from './copybook/choose.ts';
export { type CopybookOptions, layoutFromCopybook } from './copybook/layout-from-copybook.ts';
export { errors } from './errors.ts';
export type { Framing } from './framing/framing.ts';
export type {
  Alternative,
  BinaryField,
  Choice,
  DateField,
  EditedField,
  Field,
  Filler,
  Group,
  Item,
  Layout,
  NumberField,
  Occurs,
  PackedField,
  TextField,
  ZonedField,
} from './layout/layout.ts';
export {
  defineTaggedMessage,
  type ReadRecords,
  type TaggedMessage,
  type TaggedMessageSpec,
  type TaggedWriting,
} from './message/message.ts';
export { recordReadingOptions } from './message/reading-options.ts';
export { type PhysicalOptions, RecordFormat, type RecordFormatOptions, type WriteOptions } from './record-format.ts';
export type { Tag, TagGroup, TagSegment } from './tagged/declaration.ts';
export { TaggedFormat, type TaggedFormatOptions } from './tagged-format.ts';
export type { FieldPlace } from './walking/places.ts';
export { type FieldSource, type FieldTarget, pathOf, type RecordItem } from './walking/record-item.ts';
export { type RecordValue, type RecordValues, surplusKey } from './walking/values.ts';
