import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { refusedNumber, troubledNumber } from './application.ts';
import { damaged } from './fault.ts';
import { type Answered, get, post } from './http.ts';
import { storingManifest, users } from './manifest.ts';
import { temporaryProjectFolder } from './project-folder.ts';
import { diaryOf, runningChild } from './running-child.ts';
import { inquiry, inventory, orderStatus } from './samples.ts';
import { expectErrorReply, expectNoSecrets } from './saying.ts';
import { callsFor, freshId, journalled, sharedWorld, type World } from './world.ts';

const world = sharedWorld(storingManifest());
const erp = `erp:${users.erp}`;
const warehouse = `warehouse:${users.warehouse}`;

function jsonOf({ body }: Answered): unknown {
  return JSON.parse(body.toString());
}

/** Resolves when the journal has a message of the ERP in this state. */
async function reached(here: World, id: string, state: string) {
  return eventually(
    async () => {
      const row = await journalled(here, 'web', `@erp:${id}`);
      return row?.state === state ? row : undefined;
    },
    { what: `${id} to be ${state}` },
  );
}

describe('a message that is accepted as stored', () => {
  it('is answered with its address, and handled once', async () => {
    const id = freshId();
    const answer = await post(world(), '/messages', orderStatus, { id, user: erp });
    expect(answer).toMatchObject({ status: 202, headers: { location: `/messages/${id}` } });
    expect(jsonOf(answer)).toEqual({ id, state: 'stored', address: `/messages/${id}` });
    await reached(world(), id, 'done');
    expect(jsonOf(await get(world(), `/messages/${id}`, erp))).toEqual({ id, state: 'done' });
    expect(callsFor(world(), id)).toEqual(['order.ship-status']);
  });

  it('gets an id where the sender has given none, and can be asked for by it', async () => {
    const answer = await post(world(), '/messages', orderStatus, { user: erp });
    const { id } = jsonOf(answer) as { readonly id: string };
    await reached(world(), id, 'done');
    expect(jsonOf(await get(world(), answer.headers.location ?? '', erp))).toEqual({ id, state: 'done' });
  });

  it('is not handled again when it is sent again', async () => {
    const id = freshId();
    await post(world(), '/messages', orderStatus, { id, user: erp });
    await reached(world(), id, 'done');
    expect(await post(world(), '/messages', orderStatus, { id, user: erp })).toMatchObject({
      status: 202,
      headers: { location: `/messages/${id}` },
    });
    expect(callsFor(world(), id)).toHaveLength(1);
  });

  it('is tried again when its handler fails in a way that may pass', async () => {
    const id = freshId();
    const body = damaged(orderStatus, '12007', troubledNumber);
    expect((await post(world(), '/messages', body, { id, user: erp })).status).toBe(202);
    await reached(world(), id, 'done');
    expect(callsFor(world(), id)).toHaveLength(2);
    expect(jsonOf(await get(world(), `/messages/${id}`, erp))).toEqual({ id, state: 'done' });
  });
});

describe('who asks for a stored message', () => {
  it.each([undefined, `erp:wrong`, `nobody:${users.erp}`])('has to be known: %s', async (user) => {
    const id = freshId();
    expect(await post(world(), '/messages', orderStatus, { id, user })).toMatchObject({ status: 401 });
    expect(await get(world(), `/messages/${id}`, user)).toMatchObject({ status: 401 });
    expect(callsFor(world(), id)).toEqual([]);
  });

  it('is told of his own messages only', async () => {
    const id = freshId();
    await post(world(), '/messages', orderStatus, { id, user: erp });
    await reached(world(), id, 'done');
    expect(await get(world(), `/messages/${id}`, warehouse)).toMatchObject({ status: 404 });
    expect(await get(world(), `/messages/@erp:${id}`, warehouse)).toMatchObject({ status: 404 });
  });

  it('may use an id that somebody else uses', async () => {
    const id = freshId();
    await post(world(), '/messages', orderStatus, { id, user: erp });
    expect(await post(world(), '/messages', inventory, { id, user: warehouse })).toMatchObject({ status: 202 });
    await eventually(() => callsFor(world(), id).length === 2, { what: 'both to be handled' });
    expect(await journalled(world(), 'web', `@warehouse:${id}`)).toMatchObject({ type: 'Update_WCS_ProductInventory@2.0' });
  });
});

describe('a bad message where messages are accepted as stored', () => {
  const broken = damaged(orderStatus, '</City>', '</Town>');

  it('is refused at once when nobody knows it', async () => {
    const answer = await post(world(), '/messages', '<Weather/>', { user: erp });
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json' });
    expect(jsonOf(answer)).toMatchObject({ code: 'WB_MESSAGE_UNRECOGNISED' });
  });

  it('is refused at once when it cannot be read, with the place, and nothing is kept', async () => {
    const id = freshId();
    const answer = await post(world(), '/messages', broken, { id, user: erp });
    expect(answer.status).toBe(400);
    expectErrorReply(answer.body, { code: 'WB_XML_NOT_WELL_FORMED', at: /OrderStatusHeader\/ShipTo\/City, \d+:\d+/ });
    expect(await journalled(world(), 'web', `@erp:${id}`)).toBeUndefined();
  });

  it('is refused at once when its sender wants an answer', async () => {
    const answer = await post(world(), '/messages', inquiry, { user: erp });
    expect(answer.status).toBe(422);
    expectErrorReply(answer.body, { code: 'WB_REPLY_NEEDS_PROCESSED' });
  });

  it.each([
    ['refused by its handler', damaged(orderStatus, '12007', refusedNumber), 'WB_TEST_REFUSED', /66666/],
    ['with a wrong password inside', damaged(orderStatus, 'kestrel-4410', 'kestrel-4411'), 'WB_AUTH_REFUSED', /credentials/],
  ])('is parked after the answer, with the reason: %s', async (_what, body, code, reason) => {
    const id = freshId();
    expect(await post(world(), '/messages', body, { id, user: erp })).toMatchObject({ status: 202 });
    const row = await reached(world(), id, 'parked');
    expect(row).toMatchObject({ code, failures: [{ code }] });
    expect(row.reason).toMatch(reason);
    expectNoSecrets(row.reason ?? '');
    expect(Buffer.from(row.message?.body ?? []).toString()).toBe(body);
    expect(jsonOf(await get(world(), `/messages/${id}`, erp))).toEqual({ id, state: 'parked' });
    const again = await post(world(), '/messages', body, { id, user: erp });
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect(again.body.toString()).toContain(code);
  });

  it('is handled when it is replayed with a body that somebody has repaired', async () => {
    const id = freshId();
    await post(world(), '/messages', damaged(orderStatus, '12007', refusedNumber), { id, user: erp });
    await reached(world(), id, 'parked');
    const key = { direction: 'in', entry: 'web', id: `@erp:${id}` } as const;
    expect(await world().kernel.desk.edit(key, Buffer.from(orderStatus), { who: 'test' })).toBe(true);
    expect(await world().kernel.desk.replay([key], { who: 'test' })).toHaveLength(1);
    await reached(world(), id, 'done');
    expect(callsFor(world(), id)).toEqual(['order.ship-status', 'order.ship-status']);
    expect(jsonOf(await get(world(), `/messages/${id}`, erp))).toEqual({ id, state: 'done' });
  });
});

describe('a process that is killed after it has answered', () => {
  it.each([
    ['before its handlers end', true],
    ['while handlers begin and end', false],
  ])('leaves its messages to the next one: killed %s', async (_what, holds) => {
    const folder = await temporaryProjectFolder();
    const ids = Array.from({ length: 20 }, freshId);
    const first = await runningChild({ folder, runs: 'storing', holds });
    const answers = await Promise.all(ids.map((id) => post(first, '/messages', orderStatus, { id, user: erp })));
    await first.kill();
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(ids.length).fill(202));
    const second = await runningChild({ folder, runs: 'storing' });
    for (const id of ids) {
      const state = async () => (jsonOf(await get(second, `/messages/${id}`, erp)) as { readonly state: string }).state;
      await eventually(async () => (await state()) === 'done', { what: `${id} to be done` });
    }
    const done = [...first.outcomes, ...second.outcomes].filter(({ outcome }) => outcome === 'done').map(({ id }) => id);
    expect(done).toHaveLength(new Set(done).size);
    const diary = await diaryOf(folder);
    expect([...new Set(diary)].sort()).toEqual([...ids].sort());
    // A handler that had ended may run again: its own end and the mark in the journal are two steps for the application.
    expect(diary.length).toBeLessThanOrEqual(holds ? ids.length : 2 * ids.length);
  });
});
