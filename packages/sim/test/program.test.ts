import { describe, expect, it } from 'vitest';
import { readOptions } from '../src/program/options.ts';
import { runProgram } from '../src/program/program.ts';

const main = new URL('../src/main.ts', import.meta.url);

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const code = await runProgram(args, main, (more) => {
    text += more;
  });
  return { code, text };
}

describe('waybill-sim', () => {
  it('runs seeds in threads and says which faults happened', async () => {
    const { code, text } = await run('--seeds', '6', '--from', '3', '--jobs', '2');
    expect(text).toMatch(/^6 seeds with \d+ messages in .* 0 failed, \d+ of \d+ kinds of fault happened\.$/m);
    expect(text).toMatch(/^ +\d+ {2}process\.killed$/m);
    expect(code).toBe(0);
  });

  it('tells the story of one seed, the same each time', async () => {
    const [one, other] = [await run('--seed', '7', '--trace'), await run('--seed', '7', '--trace')];
    expect(one.text).toContain('p1 starts');
    expect(one.text).toMatch(/Seed 7 is well\.\n$/);
    expect(other).toEqual(one);
  });

  it.each([
    [['--seeds', 'many'], '--seeds takes a whole number from 1'],
    [['--seed', '1', '--from', '2'], 'leave out --seeds and --from'],
    [['--trace'], 'add --seed'],
    [['--what'], '--what'],
  ])('refuses %j', async (args, why) => {
    const { code, text } = await run(...args);
    expect(code).toBe(2);
    expect(text).toContain(why);
  });

  it('runs a thousand seeds on all processors where nothing else is asked for', () => {
    expect(readOptions([])).toMatchObject({ from: 1, seeds: 1_000, trace: false });
  });
});
