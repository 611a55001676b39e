import { type Journal, WaybillError } from '@waybill/contract';
import { recordingLog, testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { JournalKeeper } from '../src/journal-keeper.ts';

function setUp() {
  const clock = testClock();
  const abort = new AbortController();
  const { log, lines } = recordingLog();
  const keeper = new JournalKeeper({ journal: {} as Journal, clock, log, abort: abort.signal });
  const tried: string[] = [];
  const broken = new Set<string>();
  /** A step that fails for as long as its name stands in `broken`. */
  const step = (name: string) =>
    keeper.do(async () => {
      tried.push(name);
      if (broken.has(name)) throw new Error('The disk is full.');
      return name;
    });
  return { clock, abort, keeper, tried, broken, step, lines };
}

describe('a step of the journal that fails', () => {
  it('is repeated until it is recorded, after growing waits of at most five seconds', async () => {
    const { clock, keeper, tried, broken, step } = setUp();
    broken.add('a');
    const done = step('a');
    await clock.advance(120);
    expect(tried).toHaveLength(2);
    await clock.advance(60_000);
    const before = tried.length;
    await clock.advance(6_000);
    expect(tried.length).toBeGreaterThan(before);
    expect(keeper.health).toMatchObject({ state: 'failing', code: 'WB_PLUGIN_FAILED', reason: 'The disk is full.' });
    broken.clear();
    await clock.advance(6_000);
    expect([await done, keeper.health]).toEqual(['a', { state: 'ok' }]);
  });

  it('is not repeated when it can never succeed', async () => {
    const { keeper } = setUp();
    keeper.isStarted = true;
    let tries = 0;
    const final = new WaybillError('WB_TEST_FINAL', 'Never.', { retryable: false });
    const step = keeper.do(() => {
      tries += 1;
      return Promise.reject(final);
    });
    await expect(step).rejects.toBe(final);
    expect([tries, keeper.health]).toEqual([1, { state: 'ok' }]);
  });

  it('is repeated where only people can mend the journal, but not while the kernel starts, which is to fail then', async () => {
    const { clock, abort, keeper } = setUp();
    let tries = 0;
    const damaged = new WaybillError('WB_TEST_DAMAGED', 'The file is damaged.', { kind: 'unavailable', retryable: false });
    const step = () => {
      tries += 1;
      return Promise.reject(damaged);
    };
    const refused = keeper.do(step).catch((error: unknown) => error);
    await clock.advance(1_000);
    expect([tries, keeper.health]).toEqual([1, { state: 'ok' }]);
    expect(await refused).toBe(damaged);
    keeper.isStarted = true;
    const repeated = keeper.do(step).catch((error: unknown) => error);
    await clock.advance(60_000);
    expect(tries).toBeGreaterThan(5);
    expect(keeper.health).toMatchObject({ state: 'failing', code: 'WB_TEST_DAMAGED' });
    abort.abort();
    expect(await repeated).toMatchObject({ code: 'WB_KERNEL_STOPPING' });
  });

  it('is not overtaken by one that failed after it, and the journal is well when both are recorded', async () => {
    const { clock, keeper, tried, broken, step, lines } = setUp();
    for (const name of ['a', 'b']) broken.add(name);
    const both = [step('a'), step('b')];
    await clock.advance(0);
    let isWell = false;
    void keeper.recovery?.then(() => (isWell = true));
    broken.delete('b');
    await clock.advance(1_000);
    expect(tried.filter((name) => name === 'b')).toHaveLength(1);
    broken.add('b');
    broken.delete('a');
    await clock.advance(6_000);
    expect([await both[0], keeper.health.state, isWell]).toEqual(['a', 'failing', false]);
    broken.clear();
    await clock.advance(6_000);
    expect([await both[1], keeper.health.state, isWell]).toEqual(['b', 'ok', true]);
    expect(lines.map(({ level }) => level)).toEqual(['error', 'info']);
  });

  it('is given up when the kernel stops', async () => {
    const { clock, abort, keeper, tried, broken, step } = setUp();
    broken.add('a');
    const outcome = step('a').catch((error: unknown) => error);
    await clock.advance(0);
    const { recovery } = keeper;
    abort.abort();
    expect(await outcome).toMatchObject({ code: 'WB_KERNEL_STOPPING' });
    await recovery;
    await clock.advance(60_000);
    expect(tried).toHaveLength(1);
  });
});
