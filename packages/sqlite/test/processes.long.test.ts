import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { claimant, newPath, openTickets } from './opening.ts';

async function fileWith(...names: readonly string[]) {
  const path = await newPath();
  const tickets = await openTickets(path);
  for (const name of names) await tickets.call('add', [name]);
  return { path, tickets };
}

function ownersIn(path: string): number {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  onTestFinished(() => database.close());
  return Number(database.prepare('SELECT count(*) AS n FROM owner').get()?.['n']);
}

describe('the claim of a process that is killed', () => {
  it('is free within a second for one that waits, and its owner leaves no row', async () => {
    const { path, tickets } = await fileWith('only');
    const other = await claimant(path);
    const waiting = tickets.wait('await', []);
    const killed = performance.now();
    await other.kill();
    expect((await waiting.answer)?.name).toBe('only');
    expect(performance.now() - killed).toBeLessThan(1_500);
    expect(ownersIn(path)).toBe(1);
  });

  it('is freed by the next one that opens the file, which is told how many they were', async () => {
    const { path, tickets } = await fileWith('only');
    const other = await claimant(path);
    await tickets.close();
    await other.kill();
    const { linkTo } = await import('./tickets/tickets.ts');
    const next = linkTo(path);
    onTestFinished(() => next.close());
    expect(await next.open()).toBe(1);
    expect((await next.call('claim', []))?.name).toBe('only');
  });
});

describe('a process that is suspended for longer than its lease', () => {
  it('loses its claim within five seconds, is told so when it wakes, and claims again under a new number', async () => {
    const { path, tickets } = await fileWith('first', 'second');
    const other = await claimant(path);
    expect(other.claimed).toBe('first');
    const waiting = tickets.wait('await', []);
    expect((await waiting.answer)?.name).toBe('second');
    const again = tickets.wait('await', []);
    const stopped = performance.now();
    other.process.kill('SIGSTOP');
    const taken = await again.answer;
    expect(taken?.name).toBe('first');
    expect(performance.now() - stopped).toBeLessThan(5_000);
    other.process.kill('SIGCONT');
    other.process.send('tear');
    expect(await other.says()).toBe('false');
    await tickets.call('add', ['third']);
    other.process.send('claim');
    expect(await other.says()).toBe('third');
    expect(await tickets.call('tear', [taken ?? { name: '', owner: 0 }])).toBe(true);
  });

  it('keeps its claim when its lease is longer than that', async () => {
    const { path, tickets } = await fileWith('only');
    const other = await claimant(path, 60_000);
    other.process.kill('SIGSTOP');
    const waiting = tickets.wait('await', []);
    const timer = setTimeout(() => waiting.cancel(), 4_500);
    expect(await waiting.answer).toBeUndefined();
    clearTimeout(timer);
    other.process.kill('SIGCONT');
    other.process.send('tear');
    expect(await other.says()).toBe('true');
  });
});

describe('a process that is alive and says nothing', () => {
  it('keeps its claim for longer than its lease, since its thread beats', async () => {
    const { path, tickets } = await fileWith('only');
    const other = await claimant(path, 1_000);
    const waiting = tickets.wait('await', []);
    const timer = setTimeout(() => waiting.cancel(), 3_000);
    expect(await waiting.answer).toBeUndefined();
    clearTimeout(timer);
    other.process.send('tear');
    expect(await other.says()).toBe('true');
  });

  it('keeps its claim although the file was locked for longer than its lease', async () => {
    const { path, tickets } = await fileWith('only');
    const other = await claimant(path, 1_000);
    const locker = new DatabaseSync(path, { timeout: 10_000 });
    onTestFinished(() => locker.close());
    locker.exec('BEGIN IMMEDIATE');
    const waiting = tickets.wait('await', []);
    const unlock = setTimeout(() => locker.exec('ROLLBACK'), 2_500);
    const timer = setTimeout(() => waiting.cancel(), 4_000);
    expect(await waiting.answer).toBeUndefined();
    clearTimeout(unlock);
    clearTimeout(timer);
    other.process.send('tear');
    expect(await other.says()).toBe('true');
  });
});
