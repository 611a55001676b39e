import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Many tests start threads and processes that read the sources: Node strips the types and compiles once, not each time.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node');

const slow = '**/*.slow.test.ts';
/** What breaks whole suites, plants bugs in rigs, reads thousands of made-up messages or huge ones, or tries releases: for CI, and `npm run long`. */
const long = '**/*.long.test.ts';
/** What needs other versions of Node, which npm has to bring: for CI, and `npm run platforms`. */
const platforms = 'test/platforms/**/*.test.ts';
/** What replaces modules (`vi.mock`), and so wants a process that has not loaded them yet, even where others share theirs. */
const mocked = '**/*.mocked.test.ts';
/** What needs a server that nobody can ship, named by the environment: only by hand. */
const real = '**/*.real.test.ts';
const exclude = ['**/dist/**', '**/node_modules/**'];

/** Suites and rigs take longest and mostly wait: they begin first. Left to itself, vitest begins a fresh clone with its largest files. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /(\/suite|-rig\/\w+)\.slow\.test\.ts$/.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Left to itself, vitest keeps one processor free; most of these tests wait for a disk, a socket or a process anyway.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'packages',
          include: ['{packages,plugins,examples}/*/test/**/*.test.ts'],
          exclude: [...exclude, slow, long, mocked, real],
          maxWorkers: 2 * availableParallelism(),
        },
      },
      { extends: true, test: { name: 'mocked', include: [mocked], exclude, maxWorkers: 2 * availableParallelism() } },
      // What holds for the repository as a whole.
      { extends: true, test: { name: 'house', include: ['test/**/*.test.ts'], exclude: [...exclude, slow, long, platforms] } },
      {
        extends: true,
        test: {
          name: 'platforms',
          include: [platforms],
          exclude,
          globalSetup: 'test/platforms/setup.ts',
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      { extends: true, test: { name: 'real', include: [real], exclude, testTimeout: 300_000, hookTimeout: 300_000 } },
      // Whatever starts or kills processes, fuzzes, packs, or takes long for another reason. `npm run check:quick` goes without.
      ...Object.entries({ slow, long }).map(([name, include]) => ({
        extends: true as const,
        test: {
          name,
          include: [include],
          exclude,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // They wait for child processes, disks and the end of somebody's patience half of the time.
          maxWorkers: 2 * availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      })),
    ],
  },
});
