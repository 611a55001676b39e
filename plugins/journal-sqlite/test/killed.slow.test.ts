import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Child } from './child.ts';
import { openAt, recordingLog, temporaryFolder } from './opening.ts';
import { claimOf, legOf, start } from './stories.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'journal.db');
});
afterEach(() => folder.remove());

describe('a process that is killed while it finishes messages', () => {
  it('has lost none of those that it was promised, nor their legs, in ten rounds', async () => {
    const promised: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const child = new Child('finish-until-killed.ts', [path, String(round)]);
      await child.says(1 + Math.floor(Math.random() * 500));
      promised.push(...(await child.kill()));
      const journal = await openAt(path);
      const states = await Promise.all(promised.map((id) => journal.find({ entry: 'orders', id })));
      expect(promised.filter((_, index) => states[index]?.state !== 'done')).toEqual([]);
      const legs = await journal.list({ direction: 'out', limit: 1_000_000 });
      const messages = await journal.list({ direction: 'in', limit: 1_000_000 });
      expect(legs.map(({ id }) => id).toSorted()).toEqual(messages.map(({ id }) => `leg-${id}`).toSorted());
      await journal.close();
      expect(integrityOf(path)).toBe('ok');
    }
    expect(promised.length).toBeGreaterThan(10);
  });
});

describe('the claims of a process that was killed', () => {
  it('are free at once for the one that starts next', async () => {
    const first = await openAt(path);
    await first.publish([legOf('a'), legOf('b')], { at: start });
    await first.close();
    const child = new Child('claim-and-wait.ts', [path]);
    expect(await child.says(1)).toEqual(['2']);
    await child.kill();
    const { log, lines } = recordingLog();
    const journal = await openAt(path, {}, log);
    expect((await journal.claimOutbox(claimOf())).jobs.map(({ leg }) => leg.message.id)).toEqual(['a', 'b']);
    expect(lines).toEqual([{ path, claims: 2 }]);
    await journal.close();
  });

  it('are free at once for another one that runs already', async () => {
    const journal = await openAt(path);
    await journal.publish([legOf('a')], { at: start });
    const child = new Child('claim-and-wait.ts', [path]);
    expect(await child.says(1)).toEqual(['1']);
    expect((await journal.claimOutbox(claimOf())).jobs).toEqual([]);
    await child.kill();
    expect((await journal.claimOutbox(claimOf())).jobs).toHaveLength(1);
    await journal.close();
  });

  it('are free at once also when claims are in strict order', async () => {
    const journal = await openAt(path);
    await journal.publish([legOf('a')], { at: start });
    const child = new Child('claim-and-wait.ts', [path]);
    await child.says(1);
    await child.kill();
    expect((await journal.claimOutbox({ ...claimOf(), inOrder: true })).jobs).toHaveLength(1);
    await journal.close();
  });
});

describe('two processes with one journal', () => {
  it('send each leg exactly once between them', async () => {
    const journal = await openAt(path);
    await journal.publish(
      Array.from({ length: 200 }, (_, index) => legOf(`common-${index}`)),
      { at: start },
    );
    const children = [new Child('claim-and-send.ts', [path, 'left']), new Child('claim-and-send.ts', [path, 'right'])];
    const sent = (await Promise.all(children.map((child) => child.ends()))).flat();
    expect(sent).toHaveLength(400);
    expect(new Set(sent).size).toBe(400);
    expect(await journal.count()).toEqual([{ direction: 'out', name: 'erp', state: 'done', rows: 400 }]);
    await journal.close();
  });
});

function integrityOf(file: string): unknown {
  const database = new DatabaseSync(file);
  const answer = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  database.close();
  return answer;
}
