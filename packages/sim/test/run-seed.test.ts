import { describe, expect, it } from 'vitest';
import { runSeed } from '../src/index.ts';

describe('a seed', () => {
  it('tells the same story twice', async () => {
    for (const seed of [1, 4]) {
      const [one, other] = [await runSeed(seed, { trace: true }), await runSeed(seed, { trace: true })];
      expect(one.story.length).toBeGreaterThan(50);
      expect(other.story).toEqual(one.story);
      expect(other.fired).toEqual(one.fired);
    }
  });

  it('tells another story than the next one', async () => {
    const [one, other] = [await runSeed(1, { trace: true }), await runSeed(2, { trace: true })];
    expect(other.story).not.toEqual(one.story);
  });

  it('leaves the time and the chance of the thread as they were', async () => {
    const { now } = Date;
    const { random } = Math;
    const timer = globalThis.setTimeout;
    await runSeed(3);
    expect([Date.now, Math.random, globalThis.setTimeout]).toEqual([now, random, timer]);
    expect(Date.now()).toBeGreaterThan(Date.UTC(2026, 0, 2));
  });

  it('takes minutes of virtual time and hardly any of ours', async () => {
    const { took, messages } = await runSeed(5);
    expect(took).toBeGreaterThan(5_000);
    expect(messages).toBeGreaterThan(0);
  });

  it('fails at once when something is wrong, and says what', async () => {
    const { violations } = await runSeed(1, { plant: { inbound: (entry) => ({ ...entry, order: 'parallel' }) } });
    expect(violations[0]).toMatch(/^order: p\d+ works on in-\d-m\d+ /);
  });
});
