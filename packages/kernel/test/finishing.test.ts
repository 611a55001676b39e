import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { TransportError } from '@waybill/contract';
import { memoryTransport } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendingBy } from './support/kernel.ts';
import { letterOffice, placesOf, textOf } from './support/letter-office.ts';
import { letterAsked, letterWritten, password } from './support/letters.ts';

const routes = [{ event: 'letter.written', message: 'Sent', to: ['out'] }];
const byQueue = (given = password) => ({
  out: { connection: 'local', queue: 'OUT', packs: { letters: { password: given } }, archive: true },
});

/** A reader over HTTP who answers each letter with the next of these; the last one again. `undefined` ends the connection. */
async function reader(...answers: readonly ({ readonly status: number; readonly says: string } | undefined)[]) {
  const got: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = answers[Math.min(got.length, answers.length - 1)];
      got.push(body);
      if (!answer) return void response.destroy();
      response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.says);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { got, outbound: { out: { connection: 'web', url, packs: { letters: { password } }, unknown: 'park' } } };
}

const judged = (status: number, word: string) => ({ status, says: `<Answer><Judge>${word}</Judge></Answer>` });

describe('a message that its pack completes', () => {
  it('goes out whole at every attempt, and is kept without what was put in', async () => {
    const tried: string[] = [];
    const memory = memoryTransport();
    const transport = sendingBy(memory.transport, async (message, send) => {
      if (tried.push(textOf(message.body)) < 3) throw new TransportError('WB_TEST_BUSY', 'Busy.', { retryable: true });
      return send(message);
    });
    const office = await letterOffice({ outbound: byQueue(), routes, memory: { ...memory, transport } });
    await office.kernel.publish(letterWritten, { text: 'one' });
    await office.outcomes('sent');
    const whole = `<Sent><Password>${password}</Password><Text>one</Text></Sent>`;
    expect(tried).toEqual([whole, whole, whole]);
    const { rows } = await office.kernel.desk.list({ direction: 'out' });
    const entry = await office.kernel.desk.show(rows[0] as never);
    expect(textOf(entry?.message?.body)).toBe('<Sent><Password></Password><Text>one</Text></Sent>');
    expect(await placesOf(password, office)).toEqual([]);
  });

  it('has what is set when it goes out, not what was set when it was published', async () => {
    const memory = memoryTransport();
    memory.trouble('OUT', 'refused');
    const first = await letterOffice({ outbound: byQueue('the old one'), routes, memory });
    await first.kernel.publish(letterWritten, { text: 'one' });
    await first.outcomes('parked');
    await first.kernel.stop();
    memory.trouble('OUT', undefined);
    const second = await letterOffice({ outbound: byQueue('the new one'), routes, memory, folder: first.folder });
    await second.kernel.desk.replay((await second.kernel.desk.list({ state: 'parked' })).rows, { who: 'test' });
    await second.outcomes('sent');
    expect(memory.takeAll('OUT').map(({ body }) => textOf(body))).toEqual([expect.stringContaining('<Password>the new one')]);
    expect([await placesOf('the old one', first), await placesOf('the new one', second)]).toEqual([[], []]);
  });

  it('goes out whole when it is sent at once, and when it asks', async () => {
    const asking = [...routes, { event: 'letter.asked', message: 'Ask', to: ['out'] }];
    const office = await letterOffice({ outbound: byQueue(), routes: asking });
    await office.kernel.sendNow(letterWritten, { text: 'one' });
    expect(textOf(office.memory.takeAll('OUT')[0]?.body)).toContain(password);
    const asked: string[] = [];
    office.memory.divert('OUT', ({ id, replyTo, body }) => {
      asked.push(textOf(body));
      office.memory.put(replyTo ?? '', { correlationId: id, body: '<Answer><Text>yes</Text></Answer>' });
    });
    expect(await office.kernel.request(letterAsked, { text: 'two' })).toEqual({ text: 'yes' });
    expect(asked).toEqual([expect.stringContaining(password)]);
    expect(await placesOf(password, office)).toEqual([]);
  });
});

describe('the answer to a message, which its pack judges', () => {
  it.each([
    ['200', judged(200, 'sent')],
    ['500', judged(500, 'sent')],
    ['302', judged(302, 'sent')],
  ])('says that it arrived, whatever HTTP says (%s)', async (status, answer) => {
    const { outbound, got } = await reader(answer);
    const office = await letterOffice({ outbound, routes });
    await office.kernel.publish(letterWritten, { text: 'one' });
    await office.outcomes('sent');
    expect(office.seen.find(({ outcome }) => outcome === 'sent')?.detail).toBe(`read with ${status}`);
    expect(got.length).toBe(1);
  });

  it.each([200, 400, 503])('says that nobody will ever take it, so that it is parked at once (HTTP %s)', async (status) => {
    const { outbound, got } = await reader(judged(status, 'refused'));
    const office = await letterOffice({ outbound, routes });
    await office.kernel.publish(letterWritten, { text: 'one' });
    await office.outcomes('parked');
    expect([got.length, office.seen.at(-1)?.code, office.seen.at(-1)?.reason]).toEqual([
      1,
      'WB_LETTER_JUDGED',
      `The reader says refused with ${status}.`,
    ]);
  });

  it.each([200, 400])('says that it may be taken later, so that it is sent again (HTTP %s)', async (status) => {
    const { outbound, got } = await reader(judged(status, 'not-sent'), judged(status, 'not-sent'), judged(200, 'sent'));
    const office = await letterOffice({ outbound, routes });
    await office.kernel.publish(letterWritten, { text: 'one' });
    await office.outcomes('sent');
    expect(got.length).toBe(3);
  });

  it.each([
    [204, 'sent', undefined],
    [400, 'parked', 'WB_HTTP_REFUSED'],
  ] as const)('says nothing, so that HTTP decides (%s)', async (status, outcome, code) => {
    const { outbound } = await reader({ status, says: '' });
    const office = await letterOffice({ outbound, routes });
    await office.kernel.publish(letterWritten, { text: 'one' });
    await office.outcomes(outcome);
    expect(office.seen.at(-1)?.code).toBe(code);
  });

  it('is lost, so that nobody knows', async () => {
    const { outbound } = await reader(undefined);
    const office = await letterOffice({ outbound, routes });
    await office.kernel.publish(letterWritten, { text: 'one' });
    await office.outcomes('parked');
    expect(office.seen.at(-1)?.code).toBe('WB_HTTP_BROKEN');
  });

  it('breaks its pack, whose fault that is: it is parked, and not sent again', async () => {
    const { outbound, got } = await reader(judged(200, 'broken'));
    const office = await letterOffice({ outbound, routes });
    await office.kernel.publish(letterWritten, { text: 'one' });
    await office.outcomes('parked');
    expect([got.length, office.seen.at(-1)?.code]).toEqual([1, 'WB_PACK_FAILED']);
  });

  it('is judged for a caller who waits, too', async () => {
    const { outbound } = await reader(judged(500, 'sent'), judged(200, 'refused'));
    const office = await letterOffice({ outbound, routes });
    expect(await office.kernel.sendNow(letterWritten, { text: 'one' })).toMatchObject([{ detail: 'read with 500' }]);
    await expect(office.kernel.sendNow(letterWritten, { text: 'two' })).rejects.toMatchObject({ code: 'WB_LETTER_JUDGED' });
    expect(await placesOf(password, office)).toEqual([]);
  });
});
