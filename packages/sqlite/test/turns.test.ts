import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Turns } from '../src/serving/turns.ts';

/** Turns of a file that is locked until it is said that it is not. */
function lockedTurns() {
  const done: string[] = [];
  const failures: unknown[] = [];
  const file = { isLocked: true };
  const turns = new Turns((error) => failures.push(error));
  const take = (name: string, patience = 60_000): void => {
    const attempt = (isLast: boolean): boolean => {
      if (file.isLocked && !isLast) return false;
      done.push(file.isLocked ? `${name} given up` : name);
      return true;
    };
    turns.take({ patience, attempt });
  };
  return { turns, take, done, failures, file };
}

describe('the turns of a file', () => {
  it('are done at once while it is not locked', () => {
    const { take, done, file } = lockedTurns();
    file.isLocked = false;
    take('a');
    take('b');
    expect(done).toEqual(['a', 'b']);
  });

  it('keep their order when one of them finds it locked, and give the thread back meanwhile', async () => {
    const { turns, take, done, file } = lockedTurns();
    take('a');
    take('b');
    expect([turns.isHeldUp, done]).toEqual([true, []]);
    file.isLocked = false;
    take('c');
    expect(done).toEqual([]);
    await eventually(async () => done.length === 3, { what: 'the turns that waited' });
    expect([turns.isHeldUp, done]).toEqual([false, ['a', 'b', 'c']]);
  });

  it('are tried at least every 25 ms, however long the file was locked', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { take, done, file } = lockedTurns();
    take('a');
    await vi.advanceTimersByTimeAsync(10_000);
    file.isLocked = false;
    await vi.advanceTimersByTimeAsync(25);
    expect(done).toEqual(['a']);
  });

  it('are given up one by one when their patience is over, and the next one has its own', async () => {
    const { take, done, file } = lockedTurns();
    take('a', 5);
    take('b');
    await eventually(async () => done.length > 0, { what: 'the end of the first patience' });
    expect(done).toEqual(['a given up']);
    file.isLocked = false;
    await eventually(async () => done.length > 1, { what: 'the second turn' });
    expect(done).toEqual(['a given up', 'b']);
  });

  it('end with an error that one of them throws, which is told once', () => {
    const { turns, take, done, failures } = lockedTurns();
    const error = new Error('unexpected');
    turns.take({
      patience: 0,
      attempt: () => {
        take('behind it');
        throw error;
      },
    });
    expect([failures, done, turns.isHeldUp]).toEqual([[error], [], false]);
  });
});
