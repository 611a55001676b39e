export { type DateTimeOptions, date8, date10, dateTime, dayInstant, time6, timestamp } from './dates.ts';
export { type Choose, chooseBy } from './made-up.ts';
export { type MatchingOptions, matching } from './pattern/matching.ts';
export { type Pattern, patternOf } from './pattern/pattern.ts';
export {
  type DecimalOptions,
  decimalText,
  flag,
  integerText,
  oneOf,
  reference,
  type TextOptions,
  text,
  trim,
} from './text.ts';
export { type AnyTextType, describe, type Facets, Problem, type TextType } from './text-type.ts';
