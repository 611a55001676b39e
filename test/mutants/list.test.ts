import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/generate/workspace.ts';
import { allMutants, faultsOf, type ListedMutant } from './driver/list.ts';

describe('the list of mutants', () => {
  it('follows the code: each change can be made, in one place, and its tests are there', async () => {
    const mutants = await allMutants();
    expect(mutants.length).toBeGreaterThan(0);
    expect(faultsOf(mutants, root)).toEqual([]);
  });

  it.each<[string, Partial<ListedMutant>, string]>([
    ['changes what is not there', { from: 'no such line' }, 'occurs 0 times'],
    ['changes what is there twice', { from: 'readonly' }, 'instead of once'],
    ['is no TypeScript', { to: 'interface {' }, 'SyntaxError'],
    ['changes a file that is gone', { file: 'packages/gone.ts' }, 'packages/gone.ts does not exist'],
    ['is for a test that is gone', { tests: ['test/gone.test.ts'] }, 'test/gone.test.ts does not exist'],
    ['is for no test', { tests: [] }, 'no test is named'],
    ['is for the test of another package', { tests: ['packages/xml/test/fuzz.slow.test.ts'] }, 'cannot notice'],
  ])('tells of a mutant that %s', (_what, change, told) => {
    const sound = { area: 'a', name: 'n', promise: 'It is kept.', file: 'test/mutants/mutant.ts', tests: ['test/mutants/list.test.ts'] };
    const mutant = { ...sound, from: 'export interface', to: 'interface', ...change };
    expect(faultsOf([{ ...mutant, ...change }], root)).toEqual([expect.stringContaining(told)]);
  });
});
