import type { Mutant } from './mutant.ts';

const source = 'packages/sqlite/src/';
const test = 'packages/sqlite/test/';

export const sqliteFilesMutants: readonly Mutant[] = [
  {
    name: 'opened-normal',
    promise: 'Every commit reaches the disk before it is answered.',
    file: `${source}file.ts`,
    from: 'PRAGMA synchronous = FULL',
    to: 'PRAGMA synchronous = NORMAL',
    tests: [`${test}transactions.test.ts`, `${test}file.test.ts`],
  },
  {
    name: 'foreign-file-taken',
    promise: 'The database of another program is left as it is.',
    file: `${source}file.ts`,
    from: 'if (id !== applicationId) throw',
    to: 'if (id !== applicationId && id !== 0) throw',
    tests: [`${test}transactions.test.ts`, `${test}file.test.ts`],
  },
  {
    name: 'newer-file-taken',
    promise: 'A file of a later version is refused.',
    file: `${source}file.ts`,
    from: 'if (version > newest) throw',
    to: 'if (version > newest + 9) throw',
    tests: [`${test}transactions.test.ts`, `${test}file.test.ts`],
  },
  {
    name: 'migration-skipped',
    promise: 'A file of an older version is brought up to date step by step.',
    file: `${source}file.ts`,
    from: 'slice(version - 1)',
    to: 'slice(version)',
    tests: [`${test}transactions.test.ts`, `${test}file.test.ts`],
  },
  {
    name: 'migration-not-undone',
    promise: 'A file stays as it is when a step of the way fails.',
    file: `${source}file.ts`,
    from: '    rollBack(database);\n    throw error;',
    to: "    database.exec('COMMIT');\n    throw error;",
    tests: [`${test}transactions.test.ts`, `${test}file.test.ts`],
  },
  {
    name: 'size-unlimited',
    promise: 'A file does not pass its limit.',
    file: `${source}file.ts`,
    from: 'if (maxSize !== undefined) limitSize',
    to: 'if (maxSize === undefined) limitSize',
    tests: [`${test}transactions.test.ts`, `${test}file.test.ts`],
  },
  {
    name: 'file-for-everybody',
    promise: 'A file is readable by its owner only.',
    file: `${source}file.ts`,
    from: "'wx', 0o600",
    to: "'wx', 0o644",
    tests: [`${test}transactions.test.ts`, `${test}file.test.ts`],
  },
  {
    name: 'other-journal-mode',
    promise: 'A drive that keeps another journal mode is refused.',
    file: `${source}file.ts`,
    from: "if (mode === 'wal') return;",
    to: "if (mode !== 'delete') return;",
    tests: [`${test}transactions.test.ts`, `${test}file.test.ts`],
  },
  {
    name: 'busy-snapshot',
    promise: 'A snapshot that is too old is tried again.',
    file: `${source}fault.ts`,
    from: 'faults.get(code & 0xff)',
    to: 'faults.get(code)',
    tests: [`${test}fault.test.ts`],
  },
  {
    name: 'call-blamed-for-disk',
    promise: 'An error of the disk is not the fault of the call.',
    file: `${source}fault.ts`,
    from: 'code === undefined || (code & 0xff) === constraint',
    to: 'code !== undefined || (code & 0xff) === constraint',
    tests: [`${test}fault.test.ts`],
  },
];
