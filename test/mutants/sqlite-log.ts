import type { Mutant } from './mutant.ts';

const source = 'packages/sqlite/src/log/';
const tests = ['packages/sqlite/test/log.test.ts'];
const testsOfPromises = ['packages/sqlite/test/promises.test.ts'];

export const sqliteLogMutants: readonly Mutant[] = [
  {
    name: 'torn-end-refused',
    promise: 'An end that a crash has torn is no damage.',
    file: `${source}broken.ts`,
    from: 'isWhole && pagesAfter > 0).length',
    to: 'pagesAfter > 0).length',
    tests,
  },
  {
    name: 'broken-header-not-seen',
    promise: 'A log whose header is broken is damaged.',
    file: `${source}broken.ts`,
    from: 'isHeaderWhole ? frames.findIndex(({ isWhole }) => !isWhole) : 0',
    to: 'frames.findIndex(({ isWhole }) => !isWhole)',
    tests,
  },
  {
    name: 'broken-without-commits',
    promise: 'A log is damaged only where a whole commit stands behind the fault.',
    file: `${source}broken.ts`,
    from: 'commitsBehind === 0',
    to: 'commitsBehind < 0',
    tests,
  },
  {
    name: 'one-frame-breaks-the-rest',
    promise: 'A frame that is broken tells of itself alone.',
    file: `${source}frames.ts`,
    from: 'before = stored;',
    to: 'before = summed;',
    tests,
  },
  {
    name: 'other-numbers-whole',
    promise: 'A frame of another log is none of this one.',
    file: `${source}frames.ts`,
    from: 'const isWhole = isOfThisLog && summed',
    to: 'const isWhole = summed',
    tests,
  },
  {
    name: 'numbers-of-a-broken-header',
    promise: 'Where the header is broken, the first frame tells which log it is.',
    file: `${source}frames.ts`,
    from: 'isHeaderWhole ? salts : commonSalts(bytes, size)',
    to: 'salts',
    tests,
  },
  {
    name: 'half-a-checksum',
    promise: 'Both halves of a checksum count.',
    file: `${source}frames.ts`,
    from: 'summed[0] === stored[0] && summed[1] === stored[1]',
    to: 'summed[1] === stored[1]',
    tests,
  },
  {
    name: 'reading-promises',
    promise: 'What was only looked at is no promise.',
    file: `${source}promises.ts`,
    from: 'changes === this.#seen ? undefined : Number',
    to: 'this.#seen === -1 ? undefined : Number',
    tests: testsOfPromises,
  },
  {
    name: 'promise-promises',
    promise: 'The count of promises is no promise itself.',
    file: `${source}promises.ts`,
    from: 'changes + 1;',
    to: 'changes;',
    tests: testsOfPromises,
  },
  {
    name: 'promises-of-another-file',
    promise: 'Promises of a file that was there before count for nothing.',
    file: `${source}promises.ts`,
    from: "isWhole && place.toString('hex', 0, 16) === file",
    to: 'isWhole',
    tests: testsOfPromises,
  },
  {
    name: 'broken-promises-believed',
    promise: 'A count that is not what was written is not believed.',
    file: `${source}promises.ts`,
    from: 'if (isWhole && place',
    to: 'if (place',
    tests,
  },
  {
    name: 'promises-not-told',
    promise: 'A file that has lost its last commits is refused.',
    file: `${source}promises.ts`,
    from: '    writeSync(this.#file, this.#place, 0, placeSize, this.#at);\n    this.#count = undefined;',
    to: '    this.#count = undefined;',
    tests,
  },
];
