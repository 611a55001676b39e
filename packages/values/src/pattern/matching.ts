import { notTaken, trim } from '../text.ts';
import { Problem, type TextType } from '../text-type.ts';
import { patternOf } from './pattern.ts';

export interface MatchingOptions {
  /**
   * What the whole text has to match, as ECMAScript writes it with the flag `u`: characters, classes, groups, alternatives and repetitions. Reading
   * costs as much as the text is long, whatever the pattern is; `patternOf` says what cannot be used.
   */
  readonly pattern: string;
  /** What that is in words, for tables and errors: completes "The value is not …". */
  readonly says: string;
  /** Shown in samples and docs. Default: a text is made up. */
  readonly example?: string;
}

/**
 * Text that has to match a pattern, with the blanks around it or without; the value is the text, of at most 1,000 characters. Throws a `TypeError`
 * for a pattern that cannot be used, and for an example that does not match it.
 */
export function matching({ says, pattern: source, example }: MatchingOptions): TextType<string> {
  const pattern = patternOf(source);
  if (pattern instanceof Problem) throw new TypeError(`The pattern ${source} ${pattern.says}.`);
  if (example !== undefined && !pattern.test(example)) throw new TypeError(`The example "${example}" does not match ${source}.`);
  const problem = `is not ${says}`;
  const take = (value: string): string | Problem => {
    if (typeof value !== 'string') return new Problem(problem);
    if (pattern.test(value)) return value;
    const trimmed = trim(value);
    return pattern.test(trimmed) ? trimmed : notTaken(trimmed, problem);
  };
  return {
    facets: { kind: 'pattern', pattern: source, says, max: pattern.max },
    secret: false,
    read: take,
    write: take,
    makeUp: (choose) => (example !== undefined && choose(4) === 0 ? example : pattern.makeUp(choose)),
  };
}
