import { eventually, testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Rounds } from '../src/rounds.ts';

function setUp(rest = 1_000) {
  const clock = testClock();
  const gates: PromiseWithResolvers<void>[] = [];
  const rounds = new Rounds(clock, async () => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
    return rest;
  });
  const begun = (count: number) => eventually(() => gates.length === count, { what: `round ${count}` });
  return { clock, rounds, gates, begun };
}

describe('rounds', () => {
  it('follow each other with a rest in between', async () => {
    const { clock, rounds, gates, begun } = setUp();
    rounds.start();
    gates[0]?.resolve();
    await eventually(() => clock.sleeping === 1, { what: 'the rest' });
    expect(gates).toHaveLength(1);
    await clock.advance(1_000);
    await begun(2);
    gates[1]?.resolve();
    await rounds.stop();
  });

  it('begin at once when they are woken: after the one that is under way, or instead of the rest', async () => {
    const { clock, rounds, gates, begun } = setUp();
    rounds.start();
    rounds.wake();
    gates[0]?.resolve();
    await begun(2);
    gates[1]?.resolve();
    await eventually(() => clock.sleeping === 1, { what: 'the rest' });
    rounds.wake();
    await begun(3);
    gates[2]?.resolve();
    await rounds.stop();
    expect(clock.sleeping).toBe(0);
  });

  it('end with the one that is under way, and none begins after it', async () => {
    const { rounds, gates } = setUp(0);
    rounds.start();
    let isOver = false;
    const over = rounds.stop().then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).toBe(false);
    gates[0]?.resolve();
    await over;
    expect(gates).toHaveLength(1);
  });
});
