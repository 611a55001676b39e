import { existsSync } from 'node:fs';
import type { JournalDesk } from '@waybill/contract';
import { silentLog } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import sqlite from '../src/index.ts';
import { Child } from './child.ts';
import { newPath, openAt } from './opening.ts';
import { everything, legOf } from './stories.ts';

/** Opens a journal as a program for people does. Closed when the test ends. */
async function openDeskAt(path: string): Promise<JournalDesk> {
  const context = { name: 'sqlite', log: silentLog, signal: new AbortController().signal, folder: '/' };
  const journal = await sqlite.openDesk?.({ path, busyTimeout: 5_000 }, context);
  if (journal === undefined) throw new Error('The journal can be opened for people.');
  onTestFinished(() => journal.close());
  return journal;
}

const anna = { who: 'anna' };

describe('a journal that is opened for people', () => {
  it('is not made where there is none', async () => {
    const path = await newPath();
    await expect(openDeskAt(path)).rejects.toMatchObject({ code: 'WB_JOURNAL_NOT_THERE', at: path });
    expect(existsSync(path)).toBe(false);
  });

  it('forgets no crash, frees what the dead had claimed, and leaves no crash of its own', async () => {
    const path = await newPath();
    const first = await openAt(path);
    await first.outbox.publish([legOf('a')]);
    await first.close();
    const child = new Child('claim-and-wait.ts', [path]);
    await child.says(1);
    await child.kill();
    const { desk, close } = await openDeskAt(path).then((journal) => ({ desk: journal.desk, close: () => journal.close() }));
    expect(await desk.move([{ direction: 'out', entry: 'erp', id: 'a' }], 'files', anna)).toHaveLength(1);
    await close();
    expect((await openAt(path)).followsCrash).toBe(true);
  });

  it('works beside a process that moves messages, which hears of what was done', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish([{ ...legOf('a'), uncomposed: { code: 'WB_X', kind: 'invalid', reason: 'too long' } }]);
    const woken = new Promise<void>((resolve) => {
      onTestFinished(journal.watch(resolve));
    });
    const { desk, control } = await openDeskAt(path);
    const key = { direction: 'out', entry: 'erp', id: 'a' } as const;
    expect(await desk.replay([key], anna)).toEqual([key]);
    await woken;
    expect((await journal.outbox.claim(everything)).jobs).toHaveLength(1);
    expect(await control.records()).toMatchObject([{ did: 'replay', by: anna }]);
  });
});
