import { expect, it, onTestFinished, vi } from 'vitest';
import { Claim } from '../src/receiving/claiming/claim.ts';
import { Waiting } from '../src/receiving/waiting.ts';

it('files come when they are due, and of those that are due together the first one first', () => {
  const clock = { now: 0 };
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => clock.now);
  onTestFinished(() => spy.mockRestore());
  const waiting = new Waiting();
  const [a, b, c, lost] = ['a.xml', 'b.xml', 'c.xml', 'lost.xml'].map((name, number) => Claim.after(number, name)) as [
    Claim,
    Claim,
    Claim,
    Claim,
  ];
  waiting.add(a, 100);
  waiting.add(b, 50);
  waiting.add(lost, 10);
  waiting.add(c, 100);
  lost.lose();
  expect([waiting.dueIn, waiting.take()]).toEqual([50, undefined]);
  clock.now = 50;
  expect([waiting.take(), waiting.take(), waiting.dueIn]).toEqual([b, undefined, 50]);
  clock.now = 200;
  expect([waiting.dueIn, waiting.take(), waiting.take(), waiting.take(), waiting.dueIn]).toEqual([-100, a, c, undefined, undefined]);
});
