import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Message, type MessageType, newMessageId } from '@waybill/contract';
import fulfillment from '@waybill/pack-fulfillment';
import { eventually, testClock } from '@waybill/testing';
import type { Queues } from '@waybill/transport-queue';
import { describe, expect, it, vi } from 'vitest';
import { keepThread } from '../../../../test/house/kept-thread.ts';
import { played } from './far-side.ts';

keepThread();

const replies = 'AVAILABILITY.REPLIES';

function typeNamed(name: string): MessageType {
  const type = fulfillment.messages.find((one) => one.name === name);
  if (!type) throw new Error(`There is no message ${name}.`);
  return type;
}

/** The sample of a message, with an order id of its own. */
function sample(name: string, orderId = '12007'): Message {
  const body = Buffer.from(
    typeNamed(name)
      .sample?.()
      .replace(/(<OrderNumberByWCS>|<WCOrderId>)[^<]*/, `$1${orderId}`) ?? '',
  );
  return { id: newMessageId(), createdAt: Date.now(), body, contentType: 'application/xml', properties: {} };
}

async function ask(queues: Queues, orderId?: string): Promise<string> {
  const request = { ...sample('Request_WCS_BE_ProductInventory', orderId), replyTo: replies };
  await queues.put('AVAILABILITY.OUT', request);
  return request.id;
}

async function answerTo(queues: Queues, correlationId: string): Promise<string> {
  const reply = await queues.fetch(replies, { correlationId, waitMs: 10_000, signal: AbortSignal.timeout(20_000) });
  return Buffer.from(reply?.body ?? []).toString();
}

async function statusesIn(queues: Queues, number: number): Promise<readonly string[]> {
  const found: string[] = [];
  while (found.length < number) {
    const unit = await queues.get('STATUS.IN', { signal: AbortSignal.timeout(10_000) });
    if (!unit) throw new Error(`timed out waiting for status ${found.length + 1}`);
    found.push(/StatusCondition="(\w+)"/.exec(Buffer.from(unit.message.body).toString())?.[1] ?? '?');
    await unit.commit();
  }
  return found;
}

/** A port that nobody uses, below those that the system gives to outgoing connections. */
async function freePort(): Promise<number> {
  const port = 10_000 + Math.floor(20_000 * Math.random());
  const server = createServer();
  const isFree = await once(server.listen(port, '127.0.0.1'), 'listening').then(
    () => true,
    () => false,
  );
  await new Promise((resolve) => server.close(resolve));
  return isFree ? port : freePort();
}

/** How each of so many requests, one after the other, was answered. */
async function fates(manners: Parameters<typeof played>[0], number: number): Promise<readonly string[]> {
  const { queues } = await played(manners);
  const told: string[] = [];
  for (let count = 0; count < number; count++) {
    const answer = await answerTo(queues, await ask(queues));
    told.push(/status="(\w+)"/.exec(answer)?.[1] ?? 'none');
  }
  return told;
}

describe('a request', () => {
  it('is answered with what it asks about, and the same seed makes the same answer', async () => {
    const answers: string[] = [];
    for (const seed of [7, 7, 8]) {
      const { queues } = await played({ seed });
      answers.push(await answerTo(queues, await ask(queues, '4711')));
    }
    const [first, again, other] = answers;
    expect(first).toContain('<WCOrderId>4711</WCOrderId>');
    expect(first).toContain('<ReplyStatus status="OK"');
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('is answered after the delay', async () => {
    const clock = testClock();
    const { queues, counterpart } = await played({ delay: 5_000 }, { clock });
    const id = await ask(queues);
    await eventually(async () => (await queues.depth('AVAILABILITY.OUT')) === 0 && clock.advance(4_999).then(() => true), {
      what: 'the request to be taken',
    });
    expect(await queues.depth(replies)).toBe(0);
    const answer = answerTo(queues, id);
    await eventually(() => clock.advance(1_000).then(() => counterpart.tally.summary().length > 0), { what: 'the answer' });
    expect(await answer).toContain('<ReplyStatus status="OK"');
  });

  it('is refused as often as was asked, by the form of its reply that tells of an error, the same ones for the same seed', async () => {
    const told = await fates({ seed: 3, errors: 0.5 }, 12);
    expect(new Set(told)).toEqual(new Set(['OK', 'ERROR']));
    expect(await fates({ seed: 3, errors: 0.5 }, 12)).toEqual(told);
    expect(await fates({ errors: 1 }, 2)).toEqual(['ERROR', 'ERROR']);
  });

  it('that is not to be answered gets nothing', async () => {
    const { queues, steps } = await played({ unanswered: 1 });
    await ask(queues);
    await eventually(() => steps.length > 0, { what: 'the request to be taken' });
    expect(steps).toMatchObject([{ direction: 'received', outcome: 'unanswered', entry: 'availability' }]);
    expect(await queues.depth(replies)).toBe(0);
  });

  it('that is not to be answered waits, over HTTP, until its sender gives up', async () => {
    const port = await freePort();
    const { steps, counterpart } = await played({ unanswered: 1 }, { web: port });
    const decided = vi.spyOn(counterpart.tally, 'note');
    const body = sample('Request_WCS_BE_ProductInventory').body;
    const end = new AbortController();
    const headers = { 'content-type': 'application/xml' };
    const asking = fetch(`http://127.0.0.1:${port}/availability`, { method: 'POST', body, headers, signal: end.signal });
    const told = asking.then(
      () => 'answered',
      () => 'gave up',
    );
    await eventually(() => decided.mock.calls.length > 0, { what: 'the request to be in hand' });
    end.abort();
    expect(await told).toBe('gave up');
    await eventually(() => steps.length > 0, { what: 'the end of the request' });
    expect(steps).toMatchObject([{ outcome: 'unanswered', entry: 'web' }]);
  });
});

describe('an order', () => {
  it('is confirmed, shipped and invoiced, one after the other', async () => {
    const { queues, counterpart } = await played({});
    await queues.put('ORDERS.OUT', sample('Report_NC_PurchaseOrder'));
    expect(await statusesIn(queues, 3)).toEqual(['C', 'S', 'I']);
    await eventually(() => counterpart.tally.summary().some(({ sent }) => sent === 3), { what: 'all of it to be counted' });
    expect(counterpart.tally.summary()).toMatchObject([
      { message: 'Report_NC_PurchaseOrder@1.0', received: 1, refused: 0 },
      { message: 'Update_WCS_OrderStatus@3.0', received: 0, sent: 3 },
    ]);
  });

  it('waits for each of its steps', async () => {
    const clock = testClock();
    const { queues, steps } = await played({ delay: 60_000 }, { clock });
    await queues.put('ORDERS.OUT', sample('Report_NC_PurchaseOrder'));
    const outcomes = (number: number) =>
      eventually(() => clock.advance(1_000).then(() => steps.length === number), { what: `${number} steps` });
    await outcomes(1);
    const taken = clock.now();
    await outcomes(2);
    expect(clock.now() - taken).toBeGreaterThan(50_000);
    expect(await statusesIn(queues, 1)).toEqual(['C']);
    expect(await queues.depth('STATUS.IN')).toBe(0);
  });

  it('that is refused over HTTP is not taken', async () => {
    const port = await freePort();
    await played({ errors: 1 }, { web: port });
    const { body } = sample('Report_NC_PurchaseOrder');
    const headers = { 'content-type': 'application/xml' };
    const answer = await fetch(`http://127.0.0.1:${port}/availability`, { method: 'POST', body, headers });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('WB_CLI_SIMULATED');
  });

  it('that is refused has no consequences', async () => {
    const { queues, steps, counterpart } = await played({ errors: 1 });
    await queues.put('ORDERS.OUT', sample('Report_NC_PurchaseOrder'));
    await eventually(() => steps.length > 0, { what: 'the order to be refused' });
    expect(steps).toMatchObject([{ outcome: 'refused', code: 'WB_CLI_SIMULATED' }]);
    expect(counterpart.tally.summary()).toMatchObject([{ received: 1, refused: 1, sent: 0 }]);
    expect(await queues.depth('STATUS.IN')).toBe(0);
  });
});
