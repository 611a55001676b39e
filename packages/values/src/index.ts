export { type DateTimeOptions, date8, date10, dateTime, time6 } from './dates.ts';
export { type Choose, chooseBy } from './made-up.ts';
export {
  type DecimalOptions,
  decimalText,
  flag,
  integerText,
  type MatchingOptions,
  matching,
  oneOf,
  type TextOptions,
  text,
  trim,
} from './text.ts';
export { type AnyTextType, describe, type Facets, Problem, type TextType } from './text-type.ts';
