import { afterAll, describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';
import { type Answered, oneConnection, post } from './http.ts';
import { brokenInquiry, refusedInquiry } from './misplaced.ts';
import { inquiry, inventory, orderStatus } from './samples.ts';
import { expectErrorReply, expectNoSecrets, readReply } from './saying.ts';
import { callsFor, freshId, journalled, sharedWorld } from './world.ts';

const world = sharedWorld();
const agent = oneConnection();
afterAll(() => agent.destroy());

/** The codes of what is no document at all, or more than is read. What a document says wrongly is another matter. */
const unreadable =
  /^WB_(?:TEXT_|XML_(?:NOT_WELL_FORMED|INVALID_UTF8|ENCODING|VERSION|INTERNAL_SUBSET|TOO_(?:LARGE|DEEP|MANY_(?:ATTRIBUTES|ELEMENTS))|[A-Z]+_TOO_LONG))/;

function statusFor({ code }: Fault): number {
  if (code === 'WB_AUTH_REFUSED') return 403;
  const isUnknown = ['WB_MESSAGE_UNRECOGNISED', 'WB_MESSAGE_VERSION_UNKNOWN', 'WB_MESSAGE_NOT_ACCEPTED'].includes(code);
  return isUnknown || unreadable.test(code) ? 400 : 422;
}

/** The answer says what is wrong and where: as a message where the type is known, else as a problem of RFC 9457. */
function expectErrorAnswer({ type, body, status }: Answered, { code, at, unanswerable }: Fault): void {
  if (!unanswerable) return expectErrorReply(body, { code, at });
  expect(type).toBe('application/problem+json');
  const problem = JSON.parse(body.toString()) as { readonly detail: string };
  expect(problem).toMatchObject({ status, code });
  expect(problem.detail).toMatch(at);
  expectNoSecrets(body.toString());
}

describe('over HTTP', () => {
  it.each([...faults, brokenInquiry].map((fault) => [fault.what, fault] as const))(
    '%s is answered with an error and not kept, and the connection stays usable',
    async (_what, fault) => {
      const id = freshId();
      const answer = await post(world(), '/messages', fault.body, { id, agent });
      expect(answer.status).toBe(statusFor(fault));
      expectErrorAnswer(answer, fault);
      expect(await journalled(world(), 'web', id)).toBeUndefined();
      expect(callsFor(world(), id)).toHaveLength(fault.byHandler ? 1 : 0);
      const next = freshId();
      expect(await post(world(), '/messages', orderStatus, { id: next, agent })).toMatchObject({ status: 204, reused: true });
      expect(callsFor(world(), next)).toHaveLength(1);
    },
  );

  it('an inquiry that the handler refuses is answered with a report that says ERROR', async () => {
    const answer = await post(world(), '/messages', refusedInquiry.body, { agent });
    expect(answer.status).toBe(422);
    const { type, input } = readReply(answer.body);
    expect(type).toBe('Report_WCS_PickPackListDetail');
    expect(input).toMatchObject({ status: 'ERROR', code: refusedInquiry.code });
  });

  it('JSON that says so is answered as a message that nobody knows', async () => {
    const answer = await post(world(), '/messages', '{"order":"12007"}', { type: 'application/json' });
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json' });
    expect(JSON.parse(answer.body.toString())).toMatchObject({ code: 'WB_MESSAGE_UNRECOGNISED' });
  });

  it.each([
    ['an inquiry', inquiry],
    ['an inventory', inventory],
  ])('a right message at an address for another one is answered with a WCS_Error: %s', async (_what, body) => {
    const id = freshId();
    const answer = await post(world(), '/status', body, { id, agent });
    expect(answer.status).toBe(400);
    expectErrorReply(answer.body, { code: 'WB_MESSAGE_NOT_ACCEPTED' });
    expect(callsFor(world(), id)).toEqual([]);
  });

  it('what was refused can be sent again in order, under the same id', async () => {
    const id = freshId();
    expect((await post(world(), '/messages', brokenInquiry.body, { id, agent })).status).toBe(422);
    const answer = await post(world(), '/messages', inquiry, { id, agent });
    expect(answer.status).toBe(200);
    expect(readReply(answer.body).input).toMatchObject({ status: 'OK' });
  });

  it('nothing of all that is parked, and the kernel runs', async () => {
    expect((await world().kernel.desk.list({ state: 'parked' })).rows).toEqual([]);
    expect(world().kernel.status()).toMatchObject({ state: 'running', degraded: false });
  });
});
