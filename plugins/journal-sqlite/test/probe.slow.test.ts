import { writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { silentLog } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import sqlite from '../src/index.ts';
import { Child } from './child.ts';
import { newPath, openAt } from './opening.ts';
import { everything, legOf } from './stories.ts';

async function probe(path: string): Promise<void> {
  if (sqlite.probe === undefined) throw new Error('The journal can be probed.');
  await sqlite.probe({ path, busyTimeout: 5_000 }, { name: 'sqlite', log: silentLog, signal: new AbortController().signal, folder: '/' });
}

const versionOf = (path: string) => {
  const database = new DatabaseSync(path);
  const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
  database.close();
  return version;
};

describe('seeing whether a journal could be opened', () => {
  it('passes for one that is not there yet, and can then be opened', async () => {
    const path = await newPath();
    await probe(path);
    expect((await openAt(path)).followsCrash).toBe(false);
  });

  it('passes while another process has it open, and leaves the claims of that one alone', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish([legOf('a')]);
    const { jobs } = await journal.outbox.claim(everything);
    await probe(path);
    expect(await journal.outbox.claim(everything)).toMatchObject({ jobs: [] });
    expect(jobs).toHaveLength(1);
  });

  it('leaves it to the next start to notice a crash, and to free what was claimed', async () => {
    const path = await newPath();
    const first = await openAt(path);
    await first.outbox.publish([legOf('a')]);
    await first.close();
    const child = new Child('claim-and-wait.ts', [path]);
    await child.says(1);
    await child.kill();
    await probe(path);
    const journal = await openAt(path);
    expect(journal.followsCrash).toBe(true);
    expect(await journal.outbox.claim(everything)).toMatchObject({ jobs: [{ unresolved: 1 }] });
  });

  it('does not bring one of an older version up to date, which its own program may have open', async () => {
    const path = await newPath();
    await (await openAt(path)).close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 1');
    database.close();
    await probe(path);
    expect(versionOf(path)).toBe(1);
  });

  it('fails for a file that is something else, as opening does', async () => {
    const path = await newPath();
    await writeFile(path, 'Dear reader, this is a letter.\n'.repeat(100));
    await expect(probe(path)).rejects.toMatchObject({ code: 'WB_JOURNAL_NOT_A_JOURNAL' });
  });

  it('leaves no thread behind', async () => {
    const threads = () => process.getActiveResourcesInfo().filter((one) => one === 'MessagePort').length;
    const before = threads();
    await probe(await newPath());
    expect(threads()).toBe(before);
  });
});
