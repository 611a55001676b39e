import { DatabaseSync } from 'node:sqlite';
import { openFile } from '@waybill/sqlite/thread';
import { eventually, recordingLog, stays } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import transport, { type Queues } from '../src/index.ts';
import { queueFile } from '../src/thread/queue-file.ts';
import { queueService } from '../src/thread/queue-service.ts';
import { codeOf, newMessage, newPath, open, textOf, textsOn } from './helpers.ts';

/** What stands in the file, asked by a program beside it. */
function inFile(path: string, sql: string): unknown {
  const db = new DatabaseSync(path);
  try {
    return Object.values(db.prepare(sql).get() ?? {})[0];
  } finally {
    db.close();
  }
}

async function taken(queues: Queues, queue = 'IN') {
  const unit = await queues.get(queue, { waitMs: 0 });
  if (!unit) throw new Error(`Nothing is on ${queue}.`);
  return unit;
}

describe('an operation that promises something', () => {
  it('is on the disk when it is answered', async () => {
    const settings = { path: await newPath(), limit: 1_000, maxDepth: 10, create: true, lease: 3_000, uuid: 'u' };
    const database = openFile(queueFile, settings);
    onTestFinished(() => database.close());
    const { kinds } = queueService(database, settings);
    // Without a word an operation is a write, which is synced.
    expect([kinds.put, kinds.commit].map((kind) => kind ?? 'write')).toEqual(['write', 'write']);
  });
});

describe('an old hand-out of a message', () => {
  it('settles no newer one of the same process', async () => {
    const path = await newPath();
    const queues = await open({ path });
    await queues.put('IN', newMessage('<Only/>'));
    const old = await taken(queues);
    inFile(path, 'UPDATE message SET state = 0, owner = NULL RETURNING number');
    const newer = await taken(queues);
    expect([newer.owner, newer.attempt]).toEqual([old.owner, 2]);
    expect(await codeOf(old.commit())).toBe('WB_QUEUE_UNIT_LOST');
    expect(await codeOf(old.put('OUT', newMessage()))).toBe('WB_QUEUE_UNIT_ENDED');
    expect(await queues.browse('IN')).toHaveLength(1);
    await newer.commit();
    expect(await queues.browse('IN')).toEqual([]);
  });
});

describe('a message that expires', () => {
  it('does not while it is in hand, and leaves the file where it is not', async () => {
    const path = await newPath();
    const queues = await open({ path });
    await queues.put('IN', newMessage('<InHand/>', { replyTo: 'BACK' }));
    const unit = await taken(queues);
    await queues.put('IN', newMessage('<Waiting/>'));
    inFile(path, 'UPDATE message SET expires = 1 RETURNING number');
    expect(await queues.get('IN', { waitMs: 0 })).toBeUndefined();
    await eventually(() => inFile(path, 'SELECT count(*) FROM message') === 1, { what: 'the other one to be discarded' });
    expect(inFile(path, 'SELECT count(*) FROM body')).toBe(1);
    await unit.commit(newMessage('<Reply/>'));
    expect(inFile(path, 'SELECT count(*) FROM message WHERE expires = 1')).toBe(0);
  });
});

describe('a put in a unit', () => {
  it('that is overtaken by the commit is refused, not lost', async () => {
    const queues = await open({ path: await newPath() });
    await queues.put('IN', newMessage());
    const unit = await taken(queues);
    const put = codeOf(unit.put('OUT', newMessage()));
    await unit.commit();
    expect(await put).toBe('WB_QUEUE_UNIT_ENDED');
    expect(await queues.depth('OUT')).toBe(0);
  });

  it('counts towards the depth of its queue, which has room again when its messages are gone', async () => {
    const path = await newPath();
    const queues = await open({ path, maxDepth: 2 });
    for (let round = 0; round < 5; round += 1) {
      for (const text of ['<A/>', '<B/>']) {
        await queues.put('IN', newMessage());
        const unit = await taken(queues);
        await unit.put('OUT', newMessage(text));
        await unit.commit();
      }
      await queues.put('IN', newMessage());
      const unit = await taken(queues);
      expect(await codeOf(queues.put('OUT', newMessage()))).toBe('WB_QUEUE_FULL');
      expect(await codeOf(unit.put('OUT', newMessage()))).toBe('WB_QUEUE_FULL');
      await unit.commit();
      expect([textOf(await queues.fetch('OUT')), textOf(await queues.fetch('OUT'))]).toEqual(['<A/>', '<B/>']);
    }
    expect(inFile(path, 'SELECT total(depth) FROM queue')).toBe(0);
  });

  it('that was promised is kept, though the queue has filled up since', async () => {
    const queues = await open({ path: await newPath(), maxDepth: 1 });
    await queues.put('IN', newMessage());
    const unit = await taken(queues);
    await unit.put('OUT', newMessage('<Promised/>'));
    await queues.put('OUT', newMessage('<Faster/>'));
    await unit.commit();
    expect(await textsOn(queues, 'OUT')).toEqual(['<Faster/>', '<Promised/>']);
  });
});

describe('a message that was backed out', () => {
  it('comes again when its time has come, and not before', async () => {
    const queues = await open({ path: await newPath() });
    await queues.put('IN', newMessage('<Only/>'));
    await (await taken(queues)).backout(400);
    const again = queues.get('IN');
    let isThere = false;
    void again.then(() => (isThere = true));
    await stays(() => !isThere, { what: 'the message to wait', within: 200 });
    expect([textOf((await again)?.message), (await again)?.attempt]).toEqual(['<Only/>', 2]);
  });

  it('holds up nothing of a higher priority, where order matters', async () => {
    const queues = await open({ path: await newPath() });
    await queues.put('IN', newMessage('<Low/>', { priority: 0 }));
    await (await taken(queues)).backout(60_000);
    await queues.put('IN', newMessage('<High/>', { priority: 9 }));
    expect(textOf((await queues.get('IN', { waitMs: 0, inOrder: true }))?.message)).toBe('<High/>');
  });
});

describe('a unit that was refused', () => {
  it('because its reply has no room keeps everything as it was', async () => {
    const queues = await open({ path: await newPath(), maxDepth: 1 });
    await queues.put('BACK', newMessage('<InTheWay/>'));
    await queues.put('IN', newMessage('<Question/>', { replyTo: 'BACK' }));
    const unit = await taken(queues);
    await unit.put('OUT', newMessage());
    expect(await codeOf(unit.commit(newMessage('<Reply/>')))).toBe('WB_QUEUE_FULL');
    expect([await textsOn(queues, 'BACK'), await queues.depth('OUT')]).toEqual([['<InTheWay/>'], 0]);
    await queues.fetch('BACK');
    await unit.commit(newMessage('<Reply/>'));
    expect([await textsOn(queues, 'BACK'), await queues.depth('OUT')]).toEqual([['<Reply/>'], 1]);
  });
});

describe('a sender', () => {
  const forever = new AbortController().signal;
  const openSender = (queues: Queues) => {
    if (!transport.send) throw new Error('does not send');
    const context = { name: 'test', log: recordingLog().log, signal: forever, folder: '/', concurrency: 1, late: () => undefined };
    return transport.send.open(queues, { queue: 'OUT', priority: 0 }, context);
  };

  it('that is closed sends nothing any more', async () => {
    const queues = await open({ path: await newPath() });
    const sender = await openSender(queues);
    await sender.close();
    expect(await codeOf(sender.send(newMessage(), { signal: forever }))).toBe('WB_QUEUE_CLOSED');
    expect(await queues.depth('OUT')).toBe(0);
  });

  it('lets a request expire together with the wait for its reply', async () => {
    const queues = await open({ path: await newPath() });
    const sender = await openSender(queues);
    const before = Date.now();
    const asked = sender.request?.(newMessage('<Question/>'), { signal: forever, timeout: 30_000 });
    const unit = await queues.get('OUT');
    expect((unit?.message.expiresAt ?? 0) - before).toBeGreaterThanOrEqual(30_000);
    expect((unit?.message.expiresAt ?? 0) - Date.now()).toBeLessThanOrEqual(30_000);
    await unit?.commit(newMessage('<Answer/>'));
    expect(textOf(await asked)).toBe('<Answer/>');
    await sender.close();
  });
});
