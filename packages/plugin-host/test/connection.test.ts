import { type AnyTransport, TransportError } from '@waybill/contract';
import { memoryTransport, recordingLog, testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Connection, type ConnectionUse } from '../src/calling/connection.ts';

const forever = new AbortController().signal;

/** A connection on a clock that stands still. `steps` tells what its transport was asked for; `works` whether it can connect. */
function setUp() {
  const clock = testClock();
  const steps: string[] = [];
  const far = { works: true, retryable: true };
  const { log, lines } = recordingLog();
  const transport = {
    ...memoryTransport().transport,
    connect: async () => {
      steps.push('connect');
      if (!far.works) throw new TransportError('WB_TEST_AWAY', 'Away.', { retryable: far.retryable, hint: 'Wake it.' });
      return steps.filter((step) => step === 'connect').length;
    },
    disconnect: async (handle: unknown) => void steps.push(`disconnect ${String(handle)}`),
  } as unknown as AnyTransport;
  const connection = new Connection({ name: 'local', settings: {} } as never, transport, { log, folder: '/', clock });
  const use = (): Promise<ConnectionUse> => connection.use(forever);
  return { clock, steps, far, connection, use, lines };
}

describe('a connection', () => {
  it('is opened once for all who use it, and stays open when they let go in peace', async () => {
    const { steps, connection, use } = setUp();
    const uses = await Promise.all([use(), use()]);
    for (const one of uses) await one.release(false);
    expect((await use()).handle).toBe(1);
    expect(steps).toEqual(['connect']);
    await connection.close();
    expect(steps).toEqual(['connect', 'disconnect 1']);
  });

  it('that is lost is closed once, when its last user lets go, whoever noticed the loss', async () => {
    const { steps, connection, use } = setUp();
    const [first, second] = [await use(), await use()];
    await first.release(true);
    expect(connection.state).toBe('degraded');
    expect(steps).toEqual(['connect']);
    await second.release(false);
    expect(steps).toEqual(['connect', 'disconnect 1']);
    await connection.close();
    expect(steps).toEqual(['connect', 'disconnect 1']);
  });

  it('that is lost and closed while somebody uses it is closed once', async () => {
    const { clock, steps, connection, use } = setUp();
    const [first, second] = [await use(), await use()];
    await first.release(true);
    const third = use();
    await clock.advance(1_000);
    expect((await third).handle).toBe(2);
    await second.release(true);
    expect([connection.state, steps]).toEqual(['open', ['connect', 'connect', 'disconnect 1']]);
    await connection.close();
    expect(steps.at(-1)).toBe('disconnect 2');
  });

  it('is let go once by each user, however often that is said', async () => {
    const { steps, use } = setUp();
    const [first, second] = [await use(), await use()];
    await first.release(true);
    await first.release(true);
    expect(steps).toEqual(['connect']);
    await second.release(false);
    expect(steps).toEqual(['connect', 'disconnect 1']);
  });

  it('is not opened again before the wait is over, by however many it is asked for', async () => {
    const { clock, steps, far, use } = setUp();
    far.works = false;
    await Promise.allSettled([use(), use(), use()]);
    expect(steps).toEqual(['connect']);
    const asked = Promise.allSettled([use(), use(), use()]);
    await clock.advance(199);
    expect(steps).toEqual(['connect']);
    await clock.advance(101);
    await asked;
    expect(steps).toEqual(['connect', 'connect']);
  });

  it('is asked for in growing waits while it cannot be opened, and begins anew when it was open', async () => {
    const { clock, steps, far, use } = setUp();
    far.works = false;
    const attempts = async (ms: number): Promise<number> => {
      const before = steps.length;
      for (const end = clock.now() + ms; clock.now() < end; ) {
        const asked = use().then(
          (opened) => opened.release(false),
          () => undefined,
        );
        await clock.advance(10);
        await Promise.race([asked, clock.advance(0)]);
      }
      return steps.length - before;
    };
    const early = await attempts(5_000);
    const late = await attempts(60_000);
    expect(early).toBeGreaterThanOrEqual(4);
    expect(early).toBeLessThanOrEqual(6);
    expect(late).toBeLessThanOrEqual(6);
    far.works = true;
    const opening = use();
    await clock.advance(36_000);
    await (await opening).release(true);
    far.works = false;
    const again = use().catch(() => undefined);
    await clock.advance(300);
    await again;
    expect(steps.at(-1)).toBe('connect');
  });

  it('that could not be opened has no users left of that', async () => {
    const { clock, steps, far, use } = setUp();
    far.works = false;
    await expect(use()).rejects.toMatchObject({ code: 'WB_TEST_AWAY' });
    far.works = true;
    const opening = use();
    await clock.advance(300);
    await (await opening).release(true);
    expect(steps).toEqual(['connect', 'connect', 'disconnect 2']);
  });

  it('that cannot be opened is told in one line for each attempt, however many meet it', async () => {
    const { clock, far, connection, use, lines } = setUp();
    far.works = false;
    const failures = (await Promise.allSettled([use(), use()])).map((result) => (result as PromiseRejectedResult).reason as Error);
    for (const failure of failures) connection.tell(failure, 'an endpoint failed', 1, recordingLog().log);
    const again = Promise.allSettled([use(), use()]);
    await clock.advance(300);
    await again;
    expect(lines.map(({ text }) => text)).toEqual(['connection cannot be opened', 'connection cannot be opened']);
    expect(lines[0]).toMatchObject({
      level: 'warn',
      fields: { connection: 'local', error: 'Away.', code: 'WB_TEST_AWAY', hint: 'Wake it.' },
    });
  });

  it('says when it is opened again, and waits so long', async () => {
    const { clock, steps, far, use, lines } = setUp();
    far.works = false;
    await expect(use()).rejects.toMatchObject({ code: 'WB_TEST_AWAY' });
    const nextTry = Number(lines[0]?.fields['nextTry']);
    const again = Promise.allSettled([use()]);
    await clock.advance(nextTry - 1);
    expect(steps).toEqual(['connect']);
    await clock.advance(1);
    await again;
    expect(steps).toEqual(['connect', 'connect']);
  });

  it('tells each failure of an endpoint once, and the next one again', () => {
    const { connection } = setUp();
    const { log, lines } = recordingLog();
    const taken = new Error('The port is taken.');
    for (const failure of [taken, taken, new Error('The port is taken.')]) connection.tell(failure, 'an endpoint failed', 250, log);
    expect(lines.map(({ fields }) => [fields['connection'], fields['nextTry']])).toEqual([
      ['local', 250],
      ['local', 250],
    ]);
  });

  it('that was begun to be opened, and could not be, is not opened a second time for the first who needs it', async () => {
    const { clock, steps, far, connection, use } = setUp();
    far.works = false;
    connection.warm();
    await clock.advance(0);
    const first = Promise.allSettled([use()]);
    await clock.advance(300);
    expect(await first).toMatchObject([{ status: 'rejected', reason: { code: 'WB_TEST_AWAY', at: 'connections.local' } }]);
    expect(steps).toEqual(['connect']);
    const again = use().catch(() => undefined);
    await clock.advance(300);
    await again;
    expect(steps).toEqual(['connect', 'connect']);
  });

  it('leaves it to its user to tell a final failure as long as it never was open, since that fails the start', async () => {
    const { clock, far, use, lines } = setUp();
    Object.assign(far, { works: false, retryable: false });
    await expect(use()).rejects.toMatchObject({ code: 'WB_TEST_AWAY' });
    expect(lines).toEqual([]);
    far.works = true;
    const opening = use();
    await clock.advance(300);
    await (await opening).release(true);
    far.works = false;
    const again = use().catch(() => undefined);
    await clock.advance(300);
    await again;
    expect(lines.map(({ text }) => text)).toEqual(['connection is back', 'connection cannot be opened']);
  });
});
