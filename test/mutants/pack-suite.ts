import type { Mutant } from './mutant.ts';

const source = 'packages/testing/src/pack/';
const suite = ['packages/testing/test/pack-suite.test.ts'];
const mutating = ['packages/testing/test/mutating.test.ts'];

export const packSuiteMutants: readonly Mutant[] = [
  {
    name: 'rules-of-a-pick-are-not-told',
    promise: 'The table says beside which word of an attribute a rule holds.',
    file: 'packages/mapping/src/describing/fields.ts',
    from: 'is: word, preset: word === preset }',
    to: 'is: word, preset: false }',
    tests: ['packages/mapping/test/describing.test.ts'],
  },
  {
    name: 'lengths-are-not-broken',
    promise: 'The pack suite breaks the length of texts.',
    file: `${source}constraints/texts.ts`,
    from: 'return max === undefined ? short',
    to: 'return short.length >= 0 ? short',
    tests: suite,
  },
  {
    name: 'what-is-left-out-is-not-told',
    promise: 'The pack suite tells what it could not ask.',
    file: `${source}constraints/messages.ts`,
    from: "      ...fields.filter(({ holds }) => holds === undefined).map(({ path }) => left(path, 'It does not say for a machine what it holds.')),\n",
    to: '',
    tests: suite,
  },
  {
    name: 'a-broken-rule-may-be-read',
    promise: 'A damaged message that breaks a rule and is read is told.',
    file: `${source}mutating/run.ts`,
    from: "if (outcome?.kind === 'read') this.#tell(type, what, 'is read', body);",
    to: "if (outcome?.kind === 'read') this.#broken.refused += 1;",
    tests: mutating,
  },
  {
    name: 'any-error-is-a-refusal',
    promise: 'Whatever else is thrown at a damaged message than an error of ours is told.',
    file: `${source}mutating/run.ts`,
    from: 'isWaybillError(error) ? faultOf(error) : `throws ${String(error)}`',
    to: 'isWaybillError(error) ? faultOf(error) : undefined',
    tests: mutating,
  },
];
