import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Wakeups } from '../src/serving/wakeups.ts';
import { newPath } from './opening.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Wake-ups of a file that another connection writes to; the system gives no hint of it, as on some drives. */
async function setUp() {
  const path = await newPath();
  const [own, other] = [new DatabaseSync(path), new DatabaseSync(path)];
  own.exec('CREATE TABLE note (text TEXT)');
  let woken = 0;
  const wakeups = new Wakeups(own, `${path}-elsewhere`, () => void (woken += 1));
  onTestFinished(() => {
    wakeups.close();
    own.close();
    other.close();
  });
  return { wakeups, write: () => other.exec("INSERT INTO note VALUES ('x')"), woken: () => woken };
}

describe('a file of which the system gives no hints', () => {
  it('is looked at again and again: what another process writes is seen within 20 ms, and told once', async () => {
    const { wakeups, write, woken } = await setUp();
    wakeups.arm();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(woken()).toBe(0);
    write();
    await vi.advanceTimersByTimeAsync(20);
    expect(woken()).toBe(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(woken()).toBe(1);
    write();
    await vi.advanceTimersByTimeAsync(20);
    expect(woken()).toBe(2);
  });

  it('is not looked at while nobody waits', async () => {
    const { wakeups, write, woken } = await setUp();
    wakeups.arm();
    wakeups.rest();
    write();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([woken(), vi.getTimerCount()]).toEqual([0, 0]);
    wakeups.arm();
    await vi.advanceTimersByTimeAsync(20);
    expect(woken()).toBe(1);
  });
});
