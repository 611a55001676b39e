import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Journal } from '@waybill/contract';
import sqlite from '@waybill/journal-sqlite';
import { eventually, silentLog, temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KernelStatus } from '../src/desk/status.ts';

const anna = { who: 'anna' };
const notes = { direction: 'in', entry: 'notes' } as const;
const out = { direction: 'out', entry: 'out' } as const;
const within = 30_000;

async function openJournal(path: string): Promise<Journal> {
  const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };
  const journal = await sqlite.open({ path, busyTimeout: 5_000 }, context);
  onTestFinished(() => journal.close());
  return journal;
}

/** Resolves when the kernel of the process runs. */
async function startProcess(path: string) {
  const file = fileURLToPath(new URL('./children/kernel.ts', import.meta.url));
  const child = spawn(process.execPath, [file, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  await once(child.stdout, 'data');
  return child;
}

describe('processes with a kernel on one SQLite file', () => {
  it('obey a program beside them within a second or two, and are seen by it while they live', { timeout: 90_000 }, async () => {
    const path = join(await temporaryFolder(), 'journal.db');
    const journal = await openJournal(path);
    const { control } = journal;
    const [first] = await Promise.all([startProcess(path), startProcess(path)]);
    const statuses = async () => (await control.processes()).map(({ status }) => status as KernelStatus);
    const all = (count: number, states: readonly [inbound: string, outbound: string]) =>
      eventually(
        async () => {
          const found = await statuses();
          const isSo = found.every(({ inbound, outbound }) => inbound[0]?.state === states[0] && outbound[0]?.state === states[1]);
          return found.length === count && isSo;
        },
        { what: `${count} processes to be ${states.join(', ')}`, within },
      );
    await all(2, ['receiving', 'open']);
    const message = { id: 'm-1', body: Buffer.from('{"kind":"Note","text":"a"}'), createdAt: 0, properties: {} };
    await control.pause(notes, anna);
    await control.pause(out, anna);
    await all(2, ['paused', 'paused']);
    await journal.inbox.store({ entry: 'notes', id: 'm-1', digest: 'm-1', trace: 'm-1', message });
    first.kill('SIGKILL');
    await all(1, ['paused', 'paused']);
    expect(await journal.desk.counts()).toMatchObject([{ ...notes, waiting: 1 }]);
    await control.resume(notes, anna);
    await control.resume(out, anna);
    await all(1, ['receiving', 'open']);
    await eventually(async () => (await journal.desk.counts()).length === 0, { what: 'the stored message to be handled', within });
    expect((await control.records()).map(({ did, entry }) => `${did} ${entry}`)).toEqual([
      'resume out',
      'resume notes',
      'pause out',
      'pause notes',
    ]);
    const tallied = async () => (await control.tallies({ since: 0, entry: notes })).map(({ outcome, count }) => `${outcome} ${count}`);
    await eventually(async () => (await tallied()).join() === 'done 1', { what: 'the number of its minute', within });
  });
});
