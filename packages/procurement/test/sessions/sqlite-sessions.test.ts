import { statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSessions, type PunchoutSession, type Returned, type SessionStore } from '../../src/index.ts';
import { digestOf, newKey } from '../../src/sessions/keys.ts';

const session: PunchoutSession = { id: 's1', buyer: 'larkfield', protocol: 'cxml', operation: 'create', user: 'u1', test: false };
const returned = (verb: Returned['verb']): Returned => ({ verb, warnings: [] });
const keep = { document: 5_000, lines: 9_000 };

const entrance = (key: string) => ({ key: digestOf(key), cookie: digestOf(`cookie ${key}`), language: 'de', until: 3_000 });

async function fileOfSessions() {
  const path = join(await temporaryFolder(), 'sessions.db');
  const open = (): SessionStore => {
    const store = openSessions({ path });
    onTestFinished(async () => await store.close());
    return store;
  };
  return { path, open };
}

describe('a file of sessions', () => {
  it('is opened by several processes at once, of which one uses a start address up', async () => {
    const { open } = await fileOfSessions();
    const stores = [open(), open(), open()];
    await stores[0]?.addWaiting(session, { key: digestOf('start'), until: 1_000 }, 0);
    expect(await Promise.all(stores.map(async (store) => await store.waiting(digestOf('start'), 10)))).toEqual([session, session, session]);
    const starts = await Promise.all(stores.map(async (store, index) => await store.open(digestOf('start'), entrance(`key ${index}`), 10)));
    expect(starts.map(({ outcome }) => outcome).toSorted()).toEqual(['opened', 'refused', 'refused']);
  });

  it('holds one end of a session: later ones get the first', async () => {
    const { open } = await fileOfSessions();
    const [one, other] = [open(), open()];
    await one.addOpen(session, entrance('key'), 0);
    expect(await one.finish('s1', returned('return'), ['a1'], 10, keep)).toEqual(returned('return'));
    expect(await other.finish('s1', returned('leave'), ['a2'], 11, keep)).toEqual(returned('return'));
    expect(await other.sessionsOf('larkfield', ['a1', 'a2'])).toEqual(new Map([['a1', 's1']]));
    expect(await other.sessionsOf('fennel', ['a1'])).toEqual(new Map());
    expect([await one.countLook('s1'), await other.countLook('s1')]).toEqual([1, 2]);
  });

  it('ends nothing that is unknown, waits or is over', async () => {
    const { open } = await fileOfSessions();
    const store = open();
    await store.addWaiting(session, { key: digestOf('start'), until: 1_000 }, 0);
    await store.addOpen({ ...session, id: 's2' }, entrance('key'), 0);
    expect(await store.finish('s1', returned('leave'), [], 10, keep)).toBeUndefined();
    expect(await store.finish('s2', returned('leave'), [], 3_000, keep)).toBeUndefined();
    expect(await store.finish('s3', returned('leave'), [], 10, keep)).toBeUndefined();
  });

  it('finds a session by its key and within its time only', async () => {
    const { open } = await fileOfSessions();
    const store = open();
    await store.addOpen(session, entrance('key'), 0);
    const found = { session, state: 'open', language: 'de', bound: false };
    expect(await store.find(digestOf('key'), 2_999)).toMatchObject(found);
    await store.bind('s1');
    expect(await store.find(digestOf('key'), 2_999)).toMatchObject({ ...found, bound: true });
    expect(await store.find(digestOf('key'), 3_000)).toBeUndefined();
    expect(await store.find(digestOf('other'), 10)).toBeUndefined();
  });

  it('loses what is over while new sessions come, and nothing else', async () => {
    const { path, open } = await fileOfSessions();
    const store = open();
    const counts = () => {
      const database = new DatabaseSync(path, { readOnly: true });
      const [sessions, lines] = ['session', 'line'].map((table) =>
        Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']),
      );
      database.close();
      return [sessions, lines];
    };
    for (let number = 0; number < 120; number += 1) {
      await store.addWaiting({ ...session, id: `old ${number}` }, { key: digestOf(`old ${number}`), until: 100 }, 0);
    }
    await store.addOpen({ ...session, id: 'done' }, entrance('done'), 0);
    await store.finish('done', returned('return'), ['a1'], 50, { document: 100, lines: 200 });
    expect(counts()).toEqual([121, 1]);
    for (let number = 0; number < 4; number += 1) await store.addOpen({ ...session, id: `new ${number}` }, entrance(`${number}`), 150);
    expect(counts()).toEqual([4, 1]);
    await store.addOpen({ ...session, id: 'newest' }, entrance('newest'), 250);
    expect(counts()).toEqual([5, 0]);
  });

  it('holds no key, and is for its owner only', async () => {
    const { path, open } = await fileOfSessions();
    const store = open();
    const [start, key] = [newKey(), newKey()];
    await store.addWaiting(session, { key: digestOf(start), until: 1_000 }, 0);
    await store.open(digestOf(start), entrance(key), 10);
    await store.close();
    const bytes = (await readFile(path)).toString('latin1');
    for (const secret of [start, key, `cookie ${key}`]) expect(bytes).not.toContain(secret);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('is refused, and left as it is, when it belongs to another program or a later version', async () => {
    const folder = await temporaryFolder();
    const [foreign, later, text] = ['foreign.db', 'later.db', 'text.db'].map((name) => join(folder, name)) as [string, string, string];
    const database = new DatabaseSync(foreign);
    database.exec('CREATE TABLE note (text TEXT)');
    database.close();
    await openSessions({ path: later }).close();
    const newer = new DatabaseSync(later);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    writeFileSync(text, 'this is no database, however long one looks at it'.repeat(100));
    for (const [path, reason] of [
      [foreign, 'another program'],
      [later, 'version 99'],
      [text, 'not a database'],
      [join(folder, 'no', 'x.db'), 'cannot be used'],
    ] as const) {
      expect(() => openSessions({ path })).toThrow(
        expect.objectContaining({ code: 'WB_SESSIONS_UNUSABLE', message: expect.stringContaining(reason) }),
      );
    }
  });
});
