export { type DateTimeOptions, date8, date10, dateTime, time6 } from './dates.ts';
export type { Choose } from './made-up.ts';
export { type DecimalOptions, decimalText, integerText } from './numbers.ts';
export { flag, type MatchingOptions, matching, oneOf, type TextOptions, text } from './text.ts';
export { type AnyTextType, describe, type Facets, Problem, type TextType, trim } from './text-type.ts';
