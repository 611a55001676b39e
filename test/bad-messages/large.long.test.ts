import { describe, expect, it } from 'vitest';
import { anywhere, damaged, nowhere } from './fault.ts';
import { arrival, lay, parkedFile } from './files.ts';
import { post } from './http.ts';
import { manifest } from './manifest.ts';
import { inventory, orderStatus } from './samples.ts';
import { callsFor, emptied, freshId, journalled, outcomeOf, put, sharedWorld } from './world.ts';

const size = 50_000_000;
/** Far above what several copies of one body take; what a leak of all of them would exceed. */
const most = 1_500_000_000;

/** So many bytes of `piece` behind the beginning of a message. */
function filled(piece: string, head: string, bytes = size): Buffer {
  return Buffer.concat([Buffer.from(head), Buffer.alloc(bytes - head.length, piece)]);
}

const beginning = damaged(inventory, /<ProductSKU>[^]*$/, '');

const bodies = [
  ['text', filled('x', `${beginning}<ProductSKU>`), 'WB_XML_TOO_LARGE', anywhere],
  ['start tags', filled('<a>', beginning), 'WB_XML_TOO_LARGE', anywhere],
  ['NUL bytes', Buffer.alloc(size), 'WB_MESSAGE_UNRECOGNISED', nowhere],
] as const;

describe('a body of 50 MB where that much is let in', () => {
  const world = sharedWorld(manifest({ limit: '64MB' }));

  it.each(bodies)('on a queue is parked whole: %s', async (_what, body, code, at) => {
    const id = await put(world(), 'IN', body);
    expect(await outcomeOf(world(), id)).toMatchObject({ outcome: 'parked', code });
    await emptied(world(), 'IN');
    const row = await journalled(world(), 'queue', id);
    expect(row?.reason).toMatch(at);
    expect(row?.message && body.equals(row.message.body)).toBe(true);
    await world().kernel.desk.drop([{ direction: 'in', entry: 'queue', id }], { who: 'test' });
  });

  it.each(bodies)('in a folder is parked, and lies among the rejected files: %s', async (_what, body, code, at) => {
    const name = `${freshId()}.xml`;
    await lay(world(), name, body);
    await arrival(world(), 'rejected', name);
    const entry = await parkedFile(world(), name);
    expect(entry).toMatchObject({ state: 'parked', code });
    expect(entry?.reason).toMatch(at);
    await world().kernel.desk.drop([{ direction: 'in', entry: 'files', id: entry?.id ?? '' }], { who: 'test' });
  });

  it.each(bodies)('over HTTP is answered with an error: %s', async (_what, body, code) => {
    const answer = await post(world(), '/messages', body);
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).toContain(code);
  });

  it('is seen by no handler, and leaves a kernel of ordinary size that handles the next message', async () => {
    expect(world().calls).toEqual([]);
    expect(process.memoryUsage().rss).toBeLessThan(most);
    const id = await put(world(), 'IN', orderStatus);
    expect(await outcomeOf(world(), id)).toMatchObject({ outcome: 'done' });
    expect(world().kernel.status()).toMatchObject({ state: 'running', degraded: false });
  });
});

describe('a body of 50 MB at the usual limits', () => {
  const world = sharedWorld();
  const [, body] = bodies[0];

  it('that another process put on a queue is parked', async () => {
    const id = await put(world(), 'IN', body);
    expect(await outcomeOf(world(), id)).toMatchObject({ outcome: 'parked', code: 'WB_XML_TOO_LARGE' });
    await emptied(world(), 'IN');
  });

  it('in a folder is not read: the file is kept, and the journal tells of it', async () => {
    await lay(world(), 'large.xml', body);
    await arrival(world(), 'rejected', 'large.xml');
    const entry = await parkedFile(world(), 'large.xml');
    expect(entry).toMatchObject({ state: 'parked', code: 'WB_FILE_TOO_LARGE' });
    expect(entry?.reason).toContain('large.xml');
  });

  it('over HTTP is turned away', async () => {
    const answer = await post(world(), '/messages', body).catch((error: unknown) => String(error));
    // The server answers before it has read everything, and hangs up; whether the answer still arrives is up to the network.
    expect(typeof answer === 'string' ? 413 : answer.status).toBe(413);
    const id = freshId();
    expect((await post(world(), '/messages', orderStatus, { id })).status).toBe(204);
    expect(callsFor(world(), id)).toHaveLength(1);
    expect(world().calls).toHaveLength(1);
  });
});

describe('a body just below the limit', () => {
  const world = sharedWorld();
  const bytes = 9_900_000;

  it.each([
    ['one text', filled('x', `${beginning}<ProductSKU>`, bytes), 'WB_XML_TEXT_TOO_LONG'],
    ['one comment', filled('-x', `${beginning}<!--`, bytes), 'WB_XML_TEXT_TOO_LONG'],
    ['one tag', filled(' ', `${beginning}<ProductSKU`, bytes), 'WB_XML_TEXT_TOO_LONG'],
    ['start tags', filled('<a>', beginning, bytes), 'WB_XML_UNEXPECTED_ELEMENT'],
    ['white space between elements', filled(' ', beginning, bytes), 'WB_XML_TEXT_TOO_LONG'],
    ['white space before the root', filled(' ', '\n', bytes), 'WB_MESSAGE_UNRECOGNISED'],
    ['a comment before the root', filled('-x', '<!--', bytes), 'WB_MESSAGE_UNRECOGNISED'],
  ] as const)('is read as far as it goes, and parked: %s', async (_what, body, code) => {
    const id = await put(world(), 'IN', body);
    expect(await outcomeOf(world(), id)).toMatchObject({ outcome: 'parked', code });
    await emptied(world(), 'IN');
    expect(world().calls).toEqual([]);
  });
});
