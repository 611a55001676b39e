import type { Journal } from '@waybill/contract';
import { describe, expect, it, onTestFinished } from 'vitest';
import { finishedOf, legOf, storedOf } from './stories.ts';
import { newSubject } from './subject.ts';

async function subject() {
  const made = await newSubject();
  onTestFinished(async () => {
    await made.journal.close();
    await made.dispose();
  });
  return made;
}

/** Forgets until there is no more; answers how many rows. */
async function forgetAll(journal: Journal, keep: number): Promise<number> {
  let all = 0;
  for (let isMore = true; isMore; ) {
    const { rows, more } = await journal.desk.forget(keep);
    all += rows;
    isMore = more;
  }
  return all;
}

describe('forgetting', () => {
  it('goes in portions that are short, until there is nothing more', async () => {
    const { journal, advance } = await subject();
    await Promise.all(Array.from({ length: 3_000 }, (_, index) => journal.inbox.settle(finishedOf(`m-${index}`))));
    await advance(10);
    const portions: number[] = [];
    for (let more = true; more; ) {
      const portion = await journal.desk.forget(5);
      portions.push(portion.rows);
      ({ more } = portion);
    }
    expect(portions.reduce((a, b) => a + b)).toBe(3_000);
    expect(portions.length).toBeGreaterThan(3);
  });

  it('finds what ended after it had passed it, and what is done at once after that', async () => {
    const { journal, advance } = await subject();
    await journal.inbox.store(storedOf('stored'));
    await journal.inbox.settle(finishedOf('m-1'));
    await advance(10);
    expect(await forgetAll(journal, 5)).toBe(1);
    const [job] = (await journal.inbox.claim({ entry: 'orders', limit: 1 })).jobs;
    await journal.inbox.settle({ ...finishedOf('stored'), token: job?.token });
    await journal.inbox.settle(finishedOf('m-2'));
    expect(await forgetAll(journal, 5)).toBe(0);
    await advance(10);
    expect(await forgetAll(journal, 5)).toBe(2);
    expect((await journal.desk.list({})).rows).toEqual([]);
  });

  it('finds what may go behind any amount of what stays', async () => {
    const { journal, advance } = await subject();
    await Promise.all(Array.from({ length: 500 }, (_, index) => journal.inbox.store(storedOf(`stays-${index}`))));
    await journal.inbox.begin({ entry: 'orders', id: 'begun' }, storedOf('begun'));
    await journal.outbox.publish([legOf('l-1')], { id: 'p-1' });
    await journal.outbox.publish([], { id: 'p-2' });
    await journal.outbox.report({ about: 'nobody', id: 'r-1', kind: 'delivered' });
    await journal.inbox.settle(finishedOf('goes'));
    await advance(10);
    expect(await forgetAll(journal, 5)).toBe(1);
    expect((await journal.inbox.find({ entry: 'orders', id: 'begun' })).known.state).toBe('waiting');
    expect(await journal.outbox.publish([], { id: 'p-1' })).toBe(false);
    expect(await journal.outbox.publish([], { id: 'p-2' })).toBe(true);
  });
});
