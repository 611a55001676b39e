export { type DateTimeOptions, date8, date10, dateTime, time6 } from './dates.ts';
export {
  type Attribute,
  attribute,
  type Choice,
  checked,
  choice,
  defaultAttribute,
  type ElementNode,
  type ElementSpec,
  element,
  type Finding,
  fixedAttribute,
  type Lazy,
  lazy,
  type Many,
  many,
  many1,
  mapped,
  type Node,
  type Optional,
  optional,
  optionalAttribute,
  type Presence,
  record,
  type Sequence,
  type Single,
  sequence,
} from './declare.ts';
export { type DefinitionErrorCode, definitionErrors } from './errors.ts';
export { fieldsOf } from './fields.ts';
export type {
  AttributeSet,
  ChildSet,
  ElementValue,
  ElementWriting,
  Nothing,
  OneOf,
  OneOfWriting,
  ReadChildren,
  Simplify,
  ValueOf,
  WriteChildren,
  WritingOf,
} from './infer.ts';
export { defineXmlMessage, type XmlMessage, type XmlMessageSpec } from './message.ts';
export { type DecimalOptions, decimalText, integerText } from './numbers.ts';
export { type Choose, flag, matching, oneOf, Problem, type TextOptions, type TextType, text } from './text.ts';
export { optionalUserData, userData } from './user-data.ts';
