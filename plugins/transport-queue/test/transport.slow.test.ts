import type { Delivery, Message, ReceiveContext, Settlement, TransportError } from '@waybill/contract';
import { eventually, recordingLog, settled } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import transport, { type Queues } from '../src/index.ts';
import { codeOf, lock, newMessage, newPath, open, takeBackAll, textOf, textsOn } from './helpers.ts';

const { log, lines } = recordingLog();
const context = { name: 'test', log, signal: new AbortController().signal, folder: '/' };
const forever = new AbortController().signal;

async function openSender(queues: Queues, target: object, late: (reply: Message) => void = () => undefined) {
  if (!transport.send) throw new Error('does not send');
  return transport.send.open(queues, { queue: 'OUT', priority: 0, ...target }, { ...context, concurrency: 8, late });
}

interface Undelivered {
  readonly text: string | undefined;
  readonly to: string;
  readonly error: TransportError;
}

/** A listener to the queue IN, with the replies that it has handed back. */
async function openListener(queues: Queues, source: object = {}, more: Partial<ReceiveContext> = {}) {
  if (!transport.receive) throw new Error('does not receive');
  const undelivered: Undelivered[] = [];
  const listener = await transport.receive.open(
    queues,
    { queue: 'IN', inHandBytes: 1_000, ...source },
    {
      ...context,
      concurrency: 1,
      order: 'parallel',
      stateOf: async () => undefined,
      tell: () => undefined,
      report: () => Promise.reject(new Error('queues report nothing')),
      undeliverable: async (reply, to, error) => void undelivered.push({ text: textOf(reply), to, error }),
      ...more,
    },
  );
  return { listener, undelivered };
}

/** Lets a listener handle deliveries until a condition holds. */
async function listenUntil(
  queues: Queues,
  handle: (delivery: Delivery) => Promise<Settlement>,
  done: () => Promise<boolean>,
  source: object = {},
  more: Partial<ReceiveContext> = {},
) {
  const stop = new AbortController();
  const { listener, undelivered } = await openListener(queues, source, more);
  const running = listener.run(handle, stop.signal);
  await eventually(done, { what: 'the messages to be handled' });
  stop.abort();
  await running;
  return undelivered;
}

const reply = () => newMessage('<Reply/>');
const answering = async (): Promise<Settlement> => ({ outcome: 'accepted', reply: reply() });
const empty = (queues: Queues) => async () => (await queues.browse('IN')).length === 0;

describe('the reply to a message', () => {
  it.each([
    ['names a queue that cannot be', 'NO SUCH NAME', {}, 'WB_QUEUE_NAME', false],
    ['names a queue that replies may not go to', 'ELSEWHERE', { replyQueues: ['REPLIES'] }, 'WB_QUEUE_REPLY_REFUSED', false],
    ['finds its queue full', 'FULL', {}, 'WB_QUEUE_FULL', true],
  ])('that %s is handed back, and the message is done with', async (_, replyTo, source, code, retryable) => {
    const queues = await open({ path: await newPath(), maxDepth: 1 });
    await queues.put('FULL', newMessage('<InTheWay/>'));
    await queues.put('IN', newMessage('<Question/>', { replyTo }));
    const [undelivered, ...more] = await listenUntil(queues, answering, empty(queues), source);
    expect(more).toEqual([]);
    expect(undelivered).toMatchObject({ text: '<Reply/>', to: replyTo, error: { code, retryable } });
    expect(await queues.depth('ELSEWHERE')).toBe(0);
    expect(await textsOn(queues, 'FULL')).toEqual(['<InTheWay/>']);
  });

  it('that nobody keeps leaves the message on the queue, until somebody does', async () => {
    const queues = await open({ path: await newPath() });
    await queues.put('IN', newMessage('<Question/>', { replyTo: 'NO SUCH NAME' }));
    const attempts: (number | undefined)[] = [];
    const handle = async ({ attempt }: Delivery): Promise<Settlement> => {
      attempts.push(attempt);
      return answering();
    };
    const kept: string[] = [];
    const undeliverable = async (_: Message, to: string) => {
      if (attempts.length === 1) throw new Error('the journal is full');
      kept.push(to);
    };
    await listenUntil(queues, handle, empty(queues), {}, { undeliverable });
    expect([attempts, kept]).toEqual([[1, 2], ['NO SUCH NAME']]);
  });

  it('is sent when the message is rejected', async () => {
    const queues = await open({ path: await newPath() });
    await queues.put('IN', newMessage('<Question/>', { replyTo: 'REPLIES' }));
    const fault = { kind: 'invalid', code: 'WB_TEST', reason: 'No.' } as const;
    await listenUntil(queues, async () => ({ outcome: 'rejected', fault, reply: reply() }), empty(queues));
    expect(await textsOn(queues, 'REPLIES')).toEqual(['<Reply/>']);
  });

  it('expires a minute after the request would have', async () => {
    const queues = await open({ path: await newPath() });
    const expiresAt = Date.now() + 3_600_000;
    await queues.put('IN', newMessage('<Question/>', { replyTo: 'REPLIES', expiresAt }));
    await listenUntil(queues, answering, empty(queues));
    expect((await queues.browse('REPLIES'))[0]?.message.expiresAt).toBe(expiresAt + 60_000);
  });
});

describe('a reply that comes after its message was settled', () => {
  it('goes only where replies may go, and only where it fits', async () => {
    const queues = await open({ path: await newPath(), limit: 10 });
    const { listener } = await openListener(queues, { replyQueues: ['REPLIES'] });
    const later = (to: string, text: string) => listener.reply?.(newMessage(text), to, { signal: forever }) ?? Promise.resolve();
    expect(await codeOf(later('ELSEWHERE', '<Reply/>'))).toBe('WB_QUEUE_REPLY_REFUSED');
    expect(await codeOf(later('REPLIES', '<MuchTooLong/>'))).toBe('WB_QUEUE_TOO_LARGE');
    expect(await codeOf(later('REPLIES', '<Reply/>'))).toBe('fulfilled');
    expect(await textsOn(queues, 'REPLIES')).toEqual(['<Reply/>']);
  });
});

describe('a message in the hands of a listener', () => {
  it('that is given back unlooked-at comes again in its old place, uncounted', async () => {
    const queues = await open({ path: await newPath() });
    for (const text of ['<First/>', '<Second/>']) await queues.put('IN', newMessage(text));
    const seen: (readonly [string | undefined, number | undefined])[] = [];
    const handle = async ({ message, attempt }: Delivery): Promise<Settlement> => {
      seen.push([textOf(message as Message), attempt]);
      return { outcome: seen.length === 1 ? 'released' : 'accepted' };
    };
    await listenUntil(queues, handle, empty(queues));
    expect(seen).toEqual([
      ['<First/>', 1],
      ['<First/>', 1],
      ['<Second/>', 1],
    ]);
  });

  it('waits in line with a retry where the entry is serial, whatever the concurrency is', async () => {
    const queues = await open({ path: await newPath() });
    for (const text of ['<A/>', '<B/>']) await queues.put('IN', newMessage(text));
    const seen: (string | undefined)[] = [];
    const fault = { kind: 'unavailable', code: 'WB_TEST', reason: 'Not now.' } as const;
    const handle = async ({ message, attempt }: Delivery): Promise<Settlement> => {
      seen.push(textOf(message as Message));
      return attempt === 1 && seen.length === 1 ? { outcome: 'retry', after: 200, fault } : { outcome: 'accepted' };
    };
    await listenUntil(queues, handle, empty(queues), {}, { order: 'serial', concurrency: 4 });
    expect(seen).toEqual(['<A/>', '<A/>', '<B/>']);
  });

  it('is lost, with a line in the log, when others take the process for dead', async () => {
    const path = await newPath();
    const queues = await open({ path });
    await queues.put('IN', newMessage('<Taken/>'));
    const before = lines.length;
    const attempts: (number | undefined)[] = [];
    const handle = async ({ attempt, lost }: Delivery): Promise<Settlement> => {
      attempts.push(attempt);
      if (attempt === 1) {
        takeBackAll(path);
        await eventually(() => lost?.aborted, { what: 'the delivery to be lost' });
      }
      return { outcome: 'accepted' };
    };
    await listenUntil(queues, handle, empty(queues), {}, { concurrency: 2 });
    expect(attempts).toEqual([1, 2]);
    expect(lines.slice(before).map(({ fields }) => fields['code'])).toEqual(['WB_QUEUE_UNIT_LOST']);
  });

  it('comes again when the file cannot be written for long, without a new connection', { timeout: 30_000 }, async () => {
    const path = await newPath();
    const queues = await open({ path });
    for (const text of ['<Settled/>', '<InHand/>']) await queues.put('IN', newMessage(text));
    const { listener } = await openListener(queues, {}, { concurrency: 2 });
    const handed: string[] = [];
    const settle = Promise.withResolvers<Settlement>();
    const running = listener.run(async ({ message }) => {
      const text = textOf(message as Message) ?? '';
      handed.push(text);
      return text === '<Settled/>' ? settle.promise : new Promise<never>(() => undefined);
    }, forever);
    running.catch(() => undefined);
    await eventually(() => handed.length === 2, { what: 'both deliveries' });
    const locked = lock(path);
    settle.resolve({ outcome: 'accepted' });
    await expect(running).rejects.toMatchObject({ code: 'WB_QUEUE_BUSY', retryable: true });
    locked.unlock();
    const again: string[] = [];
    const handle = async ({ message }: Delivery): Promise<Settlement> => {
      again.push(textOf(message as Message) ?? '');
      return { outcome: 'accepted' };
    };
    await listenUntil(queues, handle, empty(queues));
    expect(again).toEqual(['<Settled/>', '<InHand/>']);
  });
});

describe('the queue for replies to requests', () => {
  it('cannot be listened to, nor can a queue that is listened to await replies', async () => {
    const queues = await open({ path: await newPath() });
    const sender = await openSender(queues, { replyQueue: 'BACK' });
    expect(await codeOf(openListener(queues, { queue: 'BACK' }))).toBe('WB_QUEUE_REPLY_QUEUE_SHARED');
    await sender.close();
    await openListener(queues, { queue: 'BACK' });
    expect(await codeOf(openSender(queues, { replyQueue: 'BACK' }))).toBe('WB_QUEUE_REPLY_QUEUE_SHARED');
  });

  it('has a name made from that of the queue when none is given', async () => {
    const queues = await open({ path: await newPath() });
    const sender = await openSender(queues, {});
    const question = sender.request?.(newMessage('<Question/>'), { signal: forever, timeout: 30_000 });
    const unit = await queues.get('OUT');
    expect(unit?.message.replyTo).toBe('OUT.REPLY');
    await unit?.commit(reply());
    expect((await question)?.correlationId).toBe(unit?.message.id);
  });

  it('brings a late reply to the sender that asked, and keeps none', async () => {
    const queues = await open({ path: await newPath() });
    const late: Message[] = [];
    const sender = await openSender(queues, {}, (message) => late.push(message));
    onTestFinished(() => sender.close());
    const code = codeOf(sender.request?.(newMessage('<Question/>'), { signal: forever, timeout: 300 }) ?? Promise.resolve());
    const unit = await queues.get('OUT');
    expect(await code).toBe('WB_QUEUE_NO_REPLY');
    await unit?.commit(reply());
    await eventually(() => late.length === 1, { what: 'the late reply' });
    expect([textOf(late[0]), late[0]?.correlationId]).toEqual(['<Reply/>', unit?.message.id]);
    expect(await queues.browse('OUT.REPLY')).toEqual([]);
  });

  it('is not asked any more when the sender is closed', async () => {
    const queues = await open({ path: await newPath() });
    const sender = await openSender(queues, {}, () => expect.unreachable('the sender is closed'));
    expect(await codeOf(sender.request?.(newMessage('<Question/>'), { signal: forever, timeout: 50 }) ?? Promise.resolve())).toBe(
      'WB_QUEUE_NO_REPLY',
    );
    await settled(sender.close(), { what: 'the sender to close' });
    await queues.put('OUT.REPLY', newMessage('<Reply/>'));
    expect(await queues.depth('OUT.REPLY')).toBe(1);
  });
});
