export { type DateTimeOptions, date8, date10, dateTime, dayInstant, time6, timestamp } from './dates.ts';
export { type Choose, chooseBy } from './made-up.ts';
export {
  type DecimalOptions,
  decimalText,
  flag,
  integerText,
  type MatchingOptions,
  matching,
  oneOf,
  reference,
  type TextOptions,
  text,
  trim,
} from './text.ts';
export { type AnyTextType, describe, type Facets, Problem, type TextType } from './text-type.ts';
