import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MQC } from '../daemon/mqi.ts';
import { connected, type Program } from '../program/program.ts';
import { type QueueManager, startQueueManager } from '../queue-manager.ts';
import { forAll, getInUnit, isHere, putInUnit } from './rig.ts';

const persistent = { Persistence: MQC.MQPER_PERSISTENT };

/** What a program that moves messages from one queue to another was told, unit by unit. */
interface Account {
  readonly committed: string[];
  /** Of the unit whose commit was not answered. */
  unknown: string | undefined;
}

/** Moves messages until its connection breaks, one a unit. */
async function move(program: Program, account: Account): Promise<void> {
  const [from, to] = [await program.open('FROM', forAll), await program.open('TO', forAll)];
  try {
    for (;;) {
      const { text } = await program.get(from.object, { ...getInUnit, wait: 5_000 });
      await program.put(to.object, text, { descriptor: persistent, ...putInUnit });
      account.unknown = text;
      await program.commit();
      account.committed.push(text);
      account.unknown = undefined;
    }
  } catch {
    await program.kill();
  }
}

async function crashedWhileMoving(qm: QueueManager, accounts: Account[]): Promise<void> {
  const programs = await Promise.all([connected(qm), connected(qm), connected(qm)]);
  const moving = programs.map((program) => {
    const account: Account = { committed: [], unknown: undefined };
    accounts.push(account);
    return move(program, account);
  });
  const committed = () => accounts.slice(-programs.length).reduce((sum, account) => sum + account.committed.length, 0);
  await eventually(() => committed() > 100, { what: 'units to be committed', within: 60_000 });
  await pause(randomInt(20));
  await qm.kill();
  await Promise.all(moving);
  await qm.restart();
}

describe.runIf(isHere)('a queue manager that is killed while three programs move messages in units of work', () => {
  it('has every message once, on the one queue or the other, and each committed one where it was put', async () => {
    const qm = await startQueueManager({ queues: { FROM: { type: 'local' }, TO: { type: 'local' } } });
    onTestFinished(() => qm.close());
    const all = Array.from({ length: 2_000 }, (_, index) => String(index));
    await qm.putAll('FROM', all);
    const accounts: Account[] = [];
    for (let round = 0; round < 4; round += 1) await crashedWhileMoving(qm, accounts);
    const [left, moved] = [await qm.browse('FROM'), await qm.browse('TO')].map((messages) => messages.map(({ text }) => text));
    const committed = accounts.flatMap((account) => account.committed);
    expect([...(left ?? []), ...(moved ?? [])].sort()).toEqual([...all].sort());
    expect(committed.length).toBeGreaterThan(400);
    // What was not answered may have been committed; what was answered has been.
    const unknown = accounts.flatMap((account) => account.unknown ?? []);
    expect(moved?.filter((text) => !committed.includes(text) && !unknown.includes(text))).toEqual([]);
    expect(committed.filter((text) => !moved?.includes(text))).toEqual([]);
  });
});
