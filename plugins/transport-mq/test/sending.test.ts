import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { reason } from './fake/queue-manager.ts';
import { newMessage, plain, send, TestWorld } from './world.ts';

describe('a sender', () => {
  it('puts a message that survives a restart, unless it says otherwise, in the code page of its text', async () => {
    const world = new TestWorld();
    const sender = await world.sender();
    await send(sender, newMessage('<A/>'));
    await send(sender, newMessage('<B/>', { persistent: false, priority: 9 }));
    const put = world.manager.queue('OUT').messages.map(({ persistent, ccsid, format, priority }) => [persistent, ccsid, format, priority]);
    expect(put).toEqual([
      [true, 1208, 'MQSTR', 0],
      [false, 1208, 'MQSTR', 9],
    ]);
  });

  it('tells the id under which the queue manager has it', async () => {
    const world = new TestWorld();
    const { id, detail } = await send(await world.sender(), newMessage('<A/>', { id: '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' }));
    expect([id, detail]).toEqual(['0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', 'queue OUT']);
  });

  it.each([
    ['cut-before', { code: 'WB_MQ_DOUBT', outcome: 'unknown' }],
    ['cut-after', { code: 'WB_MQ_DOUBT', outcome: 'unknown' }],
    ['backed-out', { code: 'WB_MQ_BACKED_OUT', outcome: 'not-sent', retryable: true }],
  ] as const)('whose commit ends as %s says what is known', async (trouble, error) => {
    const world = new TestWorld();
    const sender = await world.sender();
    world.manager.commitTrouble = trouble;
    await expect(send(sender, newMessage())).rejects.toMatchObject(error);
    world.manager.commitTrouble = 'none';
    await send(sender, newMessage('<Next/>'));
    expect(world.texts('OUT').at(-1)).toBe('<Next/>');
  });

  it.each([
    [reason.full, { code: 'WB_MQ_QUEUE_CLOSED', outcome: 'not-sent', retryable: true, connectionLost: false }],
    [reason.tooLarge, { code: 'WB_MQ_REFUSED', outcome: 'refused', retryable: false }],
    [reason.notAuthorized, { code: 'WB_MQ_NOT_AUTHORIZED', outcome: 'not-sent', retryAfter: 30_000 }],
    [reason.unknownQueue, { code: 'WB_MQ_CONFIGURATION', outcome: 'not-sent', retryAfter: 30_000 }],
    [reason.broken, { code: 'WB_MQ_UNREACHABLE', outcome: 'not-sent', connectionLost: true }],
    [2161, { code: 'WB_MQ_QUIESCING', outcome: 'not-sent', connectionLost: true }],
    [2025, { code: 'WB_MQ_LIMIT', outcome: 'not-sent', retryable: true }],
    [2195, { code: 'WB_MQ_UNREACHABLE', connectionLost: true }],
    [2999, { code: 'WB_MQ_FAILED', outcome: 'not-sent', retryable: true }],
  ] as const)('whose put is refused for the reason %i says what is to be done', async (refused, error) => {
    const world = new TestWorld();
    const sender = await world.sender();
    world.manager.refusesPuts = refused;
    await expect(send(sender, newMessage())).rejects.toMatchObject(error);
    expect(world.texts('OUT')).toEqual([]);
  });

  it('uses as many connections as sends are made at once, up to its concurrency', async () => {
    const world = new TestWorld();
    const sender = await world.sender({}, undefined, 3);
    await Promise.all(Array.from({ length: 20 }, () => send(sender, newMessage())));
    expect([world.texts('OUT').length, world.handles.length]).toEqual([20, 3]);
  });

  it('does not open where there is no such queue', async () => {
    await expect(new TestWorld().sender({ queue: 'NONE' })).rejects.toMatchObject({ code: 'WB_MQ_CONFIGURATION', retryable: false });
  });
});

describe('a request', () => {
  const ask = (timeout: number) => ({ signal: new AbortController().signal, timeout });

  it('is committed before its reply is awaited, names the queue for it, and expires with the wait', async () => {
    const world = new TestWorld();
    const sender = await world.sender();
    const asking = sender.request?.(newMessage('<Question/>'), ask(30_000));
    const [request] = await eventually(() => world.manager.queue('OUT').messages.length > 0 && world.manager.queue('OUT').messages, {
      what: 'the request',
    });
    expect([request?.kind, request?.replyTo?.queue, request?.expiry]).toEqual(['request', 'OUT.REPLY', 30_000]);
    expect(request?.correlId).toEqual(request?.msgId);
    world.manager.store(plain('OUT.REPLY', '<Answer/>', { kind: 'reply', correlId: request?.msgId }));
    expect(Buffer.from((await asking)?.body ?? []).toString()).toBe('<Answer/>');
    expect(world.texts('OUT.REPLY')).toEqual([]);
  });

  it('awaits its reply on no queue that is listened to, and nobody listens to one that awaits replies', async () => {
    const world = new TestWorld();
    const { stop, over } = await world.receive(async () => ({ outcome: 'accepted' }));
    await expect(world.sender({ replyQueue: 'IN' })).rejects.toMatchObject({ code: 'WB_MQ_REPLY_QUEUE_SHARED' });
    stop();
    await over;
    await world.sender({ replyQueue: 'IN' });
    await expect(world.listener()).rejects.toMatchObject({ code: 'WB_MQ_REPLY_QUEUE_SHARED' });
  });

  it('takes no reply of somebody else', async () => {
    const world = new TestWorld();
    const sender = await world.sender();
    world.manager.store(plain('OUT.REPLY', '<Other/>', { kind: 'reply', correlId: Buffer.alloc(24, 9) }));
    await expect(sender.request?.(newMessage(), ask(100))).rejects.toMatchObject({ code: 'WB_MQ_NO_REPLY', outcome: 'unknown' });
    expect(world.texts('OUT.REPLY')).toEqual(['<Other/>']);
  });

  it('whose connection for replies is lost ends at once, and the next one gets its reply', async () => {
    const world = new TestWorld();
    const sender = await world.sender();
    const asking = sender.request?.(newMessage(), ask(30_000));
    await eventually(() => world.texts('OUT').length === 1, { what: 'the request' });
    for (const handle of world.handles) handle.kill();
    await expect(asking).rejects.toMatchObject({ code: 'WB_MQ_NO_REPLY', outcome: 'unknown' });
    const again = sender.request?.(newMessage(), ask(30_000));
    const second = await eventually(() => world.manager.queue('OUT').messages[1], { what: 'the second request' });
    world.manager.store(plain('OUT.REPLY', '<Answer/>', { correlId: second.msgId }));
    expect(Buffer.from((await again)?.body ?? []).toString()).toBe('<Answer/>');
  });
});
