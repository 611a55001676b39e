import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Child } from './child.ts';
import { newPath, openAt } from './opening.ts';
import { endingOf, everything, firstOf, idsOf, legOf, sent } from './stories.ts';

const within = 8_000;

describe('a process that is suspended with a claim', () => {
  it('loses it within five seconds, and its own end of the claim is not recorded', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish([legOf('a')]);
    const child = new Child('claim-and-wait.ts', [path]);
    expect(await child.says(1)).toEqual(['a']);
    child.process.kill('SIGSTOP');
    const stopped = performance.now();
    const jobs: Awaited<ReturnType<typeof journal.outbox.claim>>['jobs'][number][] = [];
    const claim = async (): Promise<boolean> => {
      jobs.push(...(await journal.outbox.claim(everything)).jobs);
      return jobs.length > 0;
    };
    await eventually(claim, { what: 'the claim of the suspended process', within });
    expect(performance.now() - stopped).toBeLessThan(5_000);
    expect([idsOf(jobs), jobs[0]?.unresolved]).toEqual([['a'], 1]);
    child.process.kill('SIGCONT');
    child.tell('end');
    expect((await child.says(2))[1]).toBe('not-yours');
    expect(await journal.outbox.settle(endingOf(firstOf(jobs), sent))).toEqual({ outcome: 'recorded' });
  });
});

describe('the lease of an entry', () => {
  it('is taken over within five seconds when its holder is killed', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    const child = new Child('hold-lease.ts', [path]);
    expect(await child.says(1)).toEqual(['held']);
    expect(await journal.lease('orders')).toBeUndefined();
    expect((await journal.lease('other'))?.lost.aborted).toBe(false);
    await child.kill();
    const killed = performance.now();
    await eventually(async () => (await journal.lease('orders')) !== undefined, { what: 'the lease of the dead', within });
    expect(performance.now() - killed).toBeLessThan(5_000);
  });

  it('is lost by a holder that is suspended: another one gets it within five seconds, and nothing is written under it', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    const child = new Child('hold-lease.ts', [path]);
    expect(await child.says(1)).toEqual(['held']);
    child.process.kill('SIGSTOP');
    const stopped = performance.now();
    await eventually(async () => (await journal.lease('orders')) !== undefined, { what: 'the lease of the suspended', within });
    expect(performance.now() - stopped).toBeLessThan(5_000);
    child.process.kill('SIGCONT');
    child.tell('write');
    const lines = [...(await child.says(4))];
    expect(lines.toSorted()).toEqual(['held', 'lost', 'not-yours', 'undefined']);
    expect((await journal.desk.list({})).rows).toEqual([]);
  });

  it('stays with a holder that is alive, for longer than an owner may be silent', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    const child = new Child('hold-lease.ts', [path]);
    await child.says(1);
    const started = performance.now();
    await eventually(
      async () => {
        expect(await journal.lease('orders')).toBeUndefined();
        return performance.now() - started > 4_000;
      },
      { what: 'four seconds to pass', within },
    );
    child.tell('write');
    expect((await child.says(3)).slice(1)).toEqual(['unknown', 'recorded']);
  });
});

describe('a journal that is watched', () => {
  it('wakes within a second when another process has put work there, and not for its own', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    const child = new Child('publish.ts', [path]);
    await child.says(1);
    let woken = 0;
    const end = journal.watch(() => {
      woken += 1;
    });
    await journal.desk.counts();
    child.tell('publish');
    await child.says(2);
    const published = performance.now();
    await eventually(async () => woken > 0, { what: 'the watch to wake', within });
    expect(performance.now() - published).toBeLessThan(1_000);
    end();
    const before = woken;
    child.tell('publish');
    await child.says(3);
    expect(idsOf((await journal.outbox.claim(everything)).jobs)).toEqual(['l-1', 'l-2']);
    expect(woken).toBe(before);
  });

  it('wakes when the claims of a dead process came free', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish([legOf('a')]);
    const child = new Child('claim-and-wait.ts', [path]);
    await child.says(1);
    const got: string[] = [];
    const end = journal.watch(() => void journal.outbox.claim(everything).then(({ jobs }) => got.push(...idsOf(jobs))));
    await child.kill();
    await eventually(async () => got.length > 0, { what: 'the watch to wake', within });
    expect(got).toEqual(['a']);
    end();
  });
});
