import type { Mutant } from './mutant.ts';

const source = 'packages/templates/src/';
const hostile = ['packages/templates/test/hostile-data.test.ts'];
const loaded = ['packages/templates/test/checked-at-load.test.ts'];
const failing = ['packages/templates/test/failing.test.ts'];
const values = ['packages/templates/test/values.test.ts'];

export const templateMutants: readonly Mutant[] = [
  {
    name: 'page-not-escaped',
    promise: 'What the data of an event hold stands as text in a page.',
    file: `${source}liquid/engine.ts`,
    from: 'this.#escapes() ? escapeHtml(printed(value)) : printed(value)',
    to: 'printed(value)',
    tests: hostile,
  },
  {
    name: 'captured-twice',
    promise: 'What is captured is escaped once.',
    file: `${source}liquid/engine.ts`,
    from: "return this.part === 'html' && this.#captures === 0;",
    to: "return this.part === 'html';",
    tests: hostile,
  },
  {
    name: 'inserted-not-escaped',
    promise: 'What is put into a text with HTML is escaped.',
    file: `${source}liquid/filters.ts`,
    from: 'translated(rendering, value, args, escapeHtml)',
    to: 'translated(rendering, value, args, (text) => text)',
    tests: hostile,
  },
  {
    name: 'address-with-comma',
    promise: 'The data of an event choose no further recipients.',
    file: `${source}composing/people.ts`,
    from: '/^[^\\s\\p{C},;:<>()[\\]"\\\\@]{1,64}@[^\\s\\p{C},;:<>()[\\]"\\\\@]{1,253}$/u',
    to: '/^[^\\p{C}]+@[^\\p{C}]+$/u',
    tests: hostile,
  },
  {
    name: 'subject-of-lines',
    promise: 'A subject has one line.',
    file: `${source}composing/tidying.ts`,
    from: "text.replaceAll(/[\\s\\p{Cc}\\u2028\\u2029]+/gu, ' ').trim()",
    to: 'text.trim()',
    tests: hostile,
  },
  {
    name: 'inherited-names',
    promise: 'A template reads nothing that an object inherits.',
    file: `${source}liquid/engine.ts`,
    from: 'ownPropertyOnly: true',
    to: 'ownPropertyOnly: false',
    tests: hostile,
  },
  {
    name: 'missing-is-empty',
    promise: 'A value that is not there is an error and no gap in a mail.',
    file: `${source}liquid/engine.ts`,
    from: 'strictVariables: true',
    to: 'strictVariables: false',
    tests: failing,
  },
  {
    name: 'half-made',
    promise: 'A notification of which one part fails is not sent in another.',
    file: `${source}composing/composer.ts`,
    from: "const html = render('html');",
    to: "const html = isAlone ? render('html') : undefined;",
    tests: failing,
  },
  {
    name: 'secret-told',
    promise: 'What a schema calls secret cannot be printed.',
    file: `${source}checking/shape.ts`,
    from: "here[unitKeyword] === 'secret'",
    to: 'here[unitKeyword] === 42',
    tests: loaded,
  },
  {
    name: 'link-followed',
    promise: 'Nothing outside of the folder is read.',
    file: `${source}folder/read-folder.ts`,
    from: 'if (entry.isSymbolicLink())',
    to: 'if (entry.name === undefined)',
    tests: loaded,
  },
  {
    name: 'two-languages',
    promise: 'No mail is in two languages.',
    file: `${source}checking/check-folder.ts`,
    from: 'written.length === 0) return;',
    to: 'written.length < found.length) return;',
    tests: loaded,
  },
  {
    name: 'text-of-another-language',
    promise: 'A text of another language never stands in for one that is missing.',
    file: `${source}folder/texts.ts`,
    from: 'const isOwn = first === undefined || rangesOf(first).includes(this.#language);',
    to: 'const isOwn = first === undefined || this.#language.length > 0;',
    tests: loaded,
  },
  {
    name: 'rounded-money',
    promise: 'An amount is told with all of its digits.',
    file: `${source}values/formats.ts`,
    from: 'needed > least ?',
    to: 'needed > 100 ?',
    tests: values,
  },
  {
    name: 'moved-day',
    promise: 'A calendar day is the same in every time zone.',
    file: `${source}liquid/filters.ts`,
    from: '(moment.isDay ? dayFormats : formats)',
    to: 'formats',
    tests: values,
  },
];
