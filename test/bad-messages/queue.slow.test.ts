import type { Message } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';
import { brokenInquiry, refusedInquiry } from './misplaced.ts';
import { inquiry, inventory, orderStatus } from './samples.ts';
import { expectErrorReply, expectNoSecrets, readReply } from './saying.ts';
import { callsFor, emptied, freshId, journalled, outcomeOf, put, sharedWorld, type World } from './world.ts';

const world = sharedWorld();
const named = (list: readonly Fault[]) => list.map((fault) => [fault.what, fault] as const);

/** The message is kept with its bytes, the code and the place, and gone from the queue. */
async function expectParked(here: World, id: string, { body, code, at, byHandler }: Fault): Promise<void> {
  expect(await outcomeOf(here, id)).toMatchObject({ outcome: 'parked', code });
  await emptied(here, 'IN');
  const row = await journalled(here, 'queue', id);
  expect(row).toMatchObject({ state: 'parked', code, failures: [{ code }] });
  expect(Buffer.from(row?.message?.body ?? []).equals(Buffer.from(body))).toBe(true);
  expect(row?.reason).toMatch(at);
  expect(row?.failures[0]?.reason).toBe(row?.reason);
  expectNoSecrets(row?.reason ?? '');
  expect(callsFor(here, id)).toHaveLength(byHandler ? 1 : 0);
}

/** The answer to a message, from the queue that the tests name for it. */
async function replyTo(id: string): Promise<Message> {
  const reply = await world().queues.fetch('BACK', { correlationId: id, waitMs: 10_000 });
  if (reply) return reply;
  throw new Error(`no reply to ${id} came`);
}

describe('on a queue, without anybody who waits', () => {
  it.each(named(faults))('%s is parked, with the place of the fault', async (_what, fault) => {
    const id = await put(world(), 'IN', fault.body);
    await expectParked(world(), id, fault);
    const logged = world().lines.filter(({ fields }) => fields['messageId'] === id);
    expect(logged.map(({ level, fields }) => [level, fields['code']])).toEqual([['error', fault.code]]);
    expect(`${String(logged[0]?.fields['at'])} ${String(logged[0]?.fields['error'])}`).toMatch(fault.at);
    expectNoSecrets(JSON.stringify(logged));
  });
});

describe('on a queue, where the sender names a queue for the answer', () => {
  const answered = [...faults.filter(({ unanswerable }) => !unanswerable), brokenInquiry];

  it.each(named(answered))('%s is parked, and answered with a WCS_Error', async (_what, fault) => {
    const id = await put(world(), 'IN', fault.body, { replyTo: 'BACK' });
    await expectParked(world(), id, fault);
    const reply = await replyTo(id);
    expect(reply.type).toBe('WCS_Error');
    expectErrorReply(reply.body, fault);
  });

  it.each(named(faults.filter(({ unanswerable }) => unanswerable)))('%s is parked, and not answered', async (_what, fault) => {
    const id = await put(world(), 'IN', fault.body, { replyTo: 'SILENCE' });
    await expectParked(world(), id, fault);
    expect(await world().queues.browse('SILENCE')).toEqual([]);
  });

  it('an inquiry that the handler refuses is parked, and answered with a report that says ERROR', async () => {
    const id = await put(world(), 'IN', refusedInquiry.body, { replyTo: 'BACK' });
    await expectParked(world(), id, refusedInquiry);
    const { type, input } = readReply((await replyTo(id)).body);
    expect(type).toBe('Report_WCS_PickPackListDetail');
    expect(input).toMatchObject({ status: 'ERROR', code: refusedInquiry.code });
  });

  it('an inquiry that is right is answered with the slips', async () => {
    const id = await put(world(), 'IN', inquiry, { replyTo: 'BACK' });
    expect(readReply((await replyTo(id)).body).input).toMatchObject({ status: 'OK' });
  });
});

describe('a bad message whose answer cannot be put anywhere', () => {
  it.each(['no such name', 'A.NAME.THAT.IS.MUCH.LONGER.THAN.A.QUEUE.MAY.BE.NAMED'])('is parked nevertheless: %s', async (replyQueue) => {
    const id = await put(world(), 'IN', brokenInquiry.body, { replyTo: replyQueue });
    expect(await outcomeOf(world(), id)).toMatchObject({ outcome: 'parked', code: brokenInquiry.code });
    await emptied(world(), 'IN');
    expect(world().kernel.status().degraded).toBe(false);
  });
});

describe('a right message on a queue for another one', () => {
  it.each([
    ['an inquiry', inquiry],
    ['an inventory', inventory],
  ])('is parked, and answered with a WCS_Error: %s', async (_what, body) => {
    const id = await put(world(), 'STATUS.IN', body, { replyTo: 'BACK' });
    expect(await outcomeOf(world(), id)).toMatchObject({ outcome: 'parked', code: 'WB_MESSAGE_NOT_ACCEPTED' });
    expectErrorReply((await replyTo(id)).body, { code: 'WB_MESSAGE_NOT_ACCEPTED' });
    expect(callsFor(world(), id)).toEqual([]);
  });
});

describe('another message under an id that was taken', () => {
  it('is parked beside the first one', async () => {
    const id = freshId();
    await put(world(), 'IN', orderStatus, { id });
    await outcomeOf(world(), id);
    await put(world(), 'IN', inventory, { id });
    await emptied(world(), 'IN');
    const parked = (await world().kernel.desk.list({ state: 'parked', entry: 'queue' })).rows;
    expect(parked.filter((row) => row.id.startsWith(`${id}#`))).toMatchObject([{ code: 'WB_MESSAGE_ID_REUSED' }]);
    expect(await journalled(world(), 'queue', id)).toMatchObject({ state: 'done' });
    expect(callsFor(world(), id)).toEqual(['order.ship-status']);
  });
});

describe('after all that', () => {
  it('the kernel runs, and takes a right message', async () => {
    const id = await put(world(), 'IN', orderStatus);
    expect(await outcomeOf(world(), id)).toMatchObject({ outcome: 'done' });
    expect(world().kernel.status()).toMatchObject({ state: 'running', degraded: false });
  });
});
