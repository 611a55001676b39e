import type { Delivery, Settlement } from '@waybill/contract';
import { eventually, recordingLog } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import transport, { type Queues } from '../src/index.ts';
import { codeOf, newMessage, newPath, open, textsOn } from './helpers.ts';

const { log, lines } = recordingLog();
const context = { name: 'test', log, signal: new AbortController().signal, folder: '/' };
const forever = new AbortController().signal;

async function openSender(queues: Queues, target: object) {
  if (!transport.send) throw new Error('does not send');
  return transport.send.open(queues, { queue: 'OUT', priority: 0, ...target }, context);
}

async function openListener(queues: Queues, source: object = {}) {
  if (!transport.receive) throw new Error('does not receive');
  return transport.receive.open(queues, { queue: 'IN', ...source }, { ...context, concurrency: 1, stateOf: async () => undefined });
}

/** Lets a listener handle deliveries until a condition holds. */
async function listenUntil(
  queues: Queues,
  handle: (delivery: Delivery) => Promise<Settlement>,
  done: () => Promise<boolean>,
  source: object = {},
) {
  const stop = new AbortController();
  const running = (await openListener(queues, source)).run(handle, stop.signal);
  await eventually(done, { what: 'the messages to be handled' });
  stop.abort();
  await running;
}

const reply = () => newMessage('<Reply/>');
const empty = (queues: Queues) => async () => (await queues.browse('IN')).length === 0;

describe('the reply to a message', () => {
  it.each([
    ['names a queue that cannot be', 'NO SUCH NAME', {}],
    ['names a queue that replies may not go to', 'ELSEWHERE', { replyQueues: ['REPLIES'] }],
  ])('that %s is dropped with a line in the log, and the message is done with', async (_, replyTo, source) => {
    const queues = await open({ path: await newPath() });
    await queues.put('IN', newMessage('<Question/>', { replyTo }));
    const before = lines.length;
    await listenUntil(queues, async () => ({ outcome: 'accepted', reply: reply() }), empty(queues), source);
    expect(lines.slice(before).map(({ fields }) => fields['code'])).toEqual(['WB_QUEUE_REPLY_REFUSED']);
    expect(await queues.depth('ELSEWHERE')).toBe(0);
  });

  it('that finds its queue full keeps the message on the queue until there is room', async () => {
    const queues = await open({ path: await newPath(), maxDepth: 1 });
    await queues.put('REPLIES', newMessage('<InTheWay/>'));
    await queues.put('IN', newMessage('<Question/>', { replyTo: 'REPLIES' }));
    const attempts: (number | undefined)[] = [];
    const handle = async ({ attempt }: Delivery): Promise<Settlement> => {
      attempts.push(attempt);
      if (attempt === 2) await queues.fetch('REPLIES');
      return { outcome: 'accepted', reply: reply() };
    };
    await listenUntil(queues, handle, empty(queues));
    expect(attempts).toEqual([1, 2]);
    expect(await textsOn(queues, 'REPLIES')).toEqual(['<Reply/>']);
  });

  it('is sent when the message is rejected, but nothing that was sent with its unit', async () => {
    const queues = await open({ path: await newPath() });
    const sender = await openSender(queues, {});
    await queues.put('IN', newMessage('<Question/>', { replyTo: 'REPLIES' }));
    const handle = async ({ unit }: Delivery): Promise<Settlement> => {
      await sender.send(newMessage(), { signal: forever, unit });
      return { outcome: 'rejected', code: 'WB_TEST', reason: 'No.', reply: reply() };
    };
    await listenUntil(queues, handle, empty(queues));
    expect(await textsOn(queues, 'REPLIES')).toEqual(['<Reply/>']);
    expect(await textsOn(queues, 'OUT')).toEqual([]);
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

  it('is left without what came too late', async () => {
    const queues = await open({ path: await newPath() });
    const sender = await openSender(queues, {});
    const code = codeOf(sender.request?.(newMessage('<Question/>'), { signal: forever, timeout: 300 }) ?? Promise.resolve());
    const unit = await queues.get('OUT');
    expect(await code).toBe('WB_QUEUE_NO_REPLY');
    await unit?.commit(reply());
    await eventually(async () => (await queues.browse('OUT.REPLY')).length === 0, { what: 'the late reply to be discarded' });
  });
});

describe('a unit of another connection', () => {
  it('is refused by a sender', async () => {
    const path = await newPath();
    const [one, other] = [await open({ path }), await open({ path })];
    await one.put('IN', newMessage());
    const unit = await one.get('IN');
    const sender = await openSender(other, {});
    expect(await codeOf(sender.send(newMessage(), { signal: forever, unit }))).toBe('WB_QUEUE_UNIT_FOREIGN');
  });
});
