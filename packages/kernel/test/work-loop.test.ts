import type { Claimed, ClaimRequest } from '@waybill/contract';
import { recordingLog, testClock } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WorkLoop, type WorkLoopOptions } from '../src/work-loop.ts';

interface Job {
  readonly name: string;
  readonly unresolved: number;
  readonly body: Uint8Array;
}

const job = (name: string, unresolved = 0, megabytes = 0): Job => ({ name, unresolved, body: Buffer.alloc(megabytes * 1024 ** 2) });

/** What a loop has room for that has nothing in hand. */
const bytes = 32 * 1024 ** 2;

/** A loop on a clock that stands still. `answers` are those of its next claims; then there is nothing to do, until something is due. */
function setUp({ answers = [], dueIn, ...more }: { answers?: Claimed<Job>[]; dueIn?: number } & Partial<WorkLoopOptions<Job>> = {}) {
  const clock = testClock();
  const { log, lines } = recordingLog();
  const trail: string[] = [];
  const ends = new Map<string, (goesOn: boolean) => void>();
  const claims: Omit<ClaimRequest, 'entry'>[] = [];
  const loop = new WorkLoop<Job>({
    places: 4,
    order: 'parallel',
    clock,
    log,
    claim: async (request) => {
      claims.push(request);
      return answers.shift() ?? { jobs: [], dueIn };
    },
    messageOf: ({ name, body }) => ({ id: name, body, createdAt: 0, properties: {} }),
    orderKeyOf: ({ name }) => (name.length > 1 ? name[0] : undefined),
    work: ({ name }) => {
      trail.push(`+${name}`);
      return new Promise((resolve) => ends.set(name, resolve));
    },
    release: async ({ name }) => void trail.push(`-${name}`),
    ready: async () => undefined,
    ...more,
  });
  const end = async (name: string, goesOn = true) => {
    ends.get(name)?.(goesOn);
    await clock.advance(0);
  };
  onTestFinished(() => {
    for (const resolve of ends.values()) resolve(true);
    return loop.stop();
  });
  return { clock, loop, claims, trail, end, lines };
}

describe('a loop that has nothing to do', () => {
  it.each([
    ['when the rest is over, though the next retry is far', 600_000, 2_000],
    ['when the rest is over, where nothing waits', undefined, 2_000],
    ['when something is due', 300, 300],
  ])('looks again %s', async (_, dueIn, wait) => {
    const { clock, loop, claims } = setUp(dueIn === undefined ? {} : { dueIn });
    loop.start();
    await clock.advance(wait - 1);
    expect(claims).toHaveLength(1);
    await clock.advance(1);
    expect(claims).toHaveLength(2);
  });

  it('looks at once when it is woken, also while it is asking the journal', async () => {
    const { clock, loop, claims } = setUp({
      claim: async () => {
        claims.push({ limit: 0, run: 0 });
        if (claims.length === 1) loop.wake();
        return { jobs: [], dueIn: undefined };
      },
    });
    loop.start();
    await clock.advance(0);
    expect(claims).toHaveLength(2);
    loop.wake();
    await clock.advance(0);
    expect(claims).toHaveLength(3);
    await clock.advance(1_999);
    expect(claims).toHaveLength(3);
  });

  it('asks again, after a growing wait, when the journal gives no work', async () => {
    let failures = 0;
    const claim = async (): Promise<Claimed<Job>> => {
      failures += 1;
      throw new Error('The disk is gone.');
    };
    const { clock, loop, lines } = setUp({ claim });
    loop.start();
    await clock.advance(199);
    expect(failures).toBe(1);
    await clock.advance(101);
    expect(failures).toBe(2);
    await clock.advance(299);
    expect(failures).toBe(2);
    expect(lines[0]).toMatchObject({ level: 'error', text: 'the journal gives no work, asking again' });
  });
});

describe('a loop that works', () => {
  it('claims no more than it has free places for', async () => {
    const { clock, loop, claims, end } = setUp({
      places: 2,
      answers: [
        { jobs: [job('a'), job('b')], dueIn: 0 },
        { jobs: [job('c')], dueIn: 0 },
      ],
    });
    loop.start();
    await clock.advance(10_000);
    expect(claims).toEqual([{ limit: 2, run: 1, bytes }]);
    await end('a');
    expect(claims).toEqual([
      { limit: 2, run: 1, bytes },
      { limit: 1, run: 1, bytes },
    ]);
  });

  it.each(['parallel', 'key'] as const)(
    'claims no more bytes than have room beside what it has in hand, where the order is %s',
    async (order) => {
      const { clock, loop, claims, end } = setUp({
        order,
        answers: [
          { jobs: [job('a1', 0, 10), job('a2', 0, 10), job('b1', 0, 11)], dueIn: 0 },
          { jobs: [job('c1', 0, 5)], dueIn: 0 },
        ],
      });
      const asked = () => claims.map((request) => (request.bytes ?? 0) / 1024 ** 2);
      loop.start();
      await clock.advance(10_000);
      expect(asked()).toEqual([32, 1]);
      await end('b1');
      expect(asked()).toEqual([32, 1, 7]);
      await end('a1');
      await end('a2');
      loop.wake();
      await clock.advance(0);
      expect(asked().at(-1)).toBe(27);
    },
  );

  it('begins nothing beside a message that may have ended a process', async () => {
    const { clock, loop, claims, end } = setUp({ answers: [{ jobs: [job('a', 1)], dueIn: 0 }] });
    loop.start();
    await clock.advance(10_000);
    expect(claims).toHaveLength(1);
    await end('a');
    expect(claims).toHaveLength(2);
  });

  it('does what has one key one after the other, and looks at once for what waited behind the last', async () => {
    const { clock, loop, claims, trail, end } = setUp({
      order: 'key',
      answers: [{ jobs: [job('a1'), job('b1'), job('a2')], dueIn: 9_000 }],
    });
    loop.start();
    await clock.advance(0);
    expect(trail).toEqual(['+a1', '+b1']);
    await end('a1');
    expect([trail, claims.length]).toEqual([['+a1', '+b1', '+a2'], 1]);
    await end('a2');
    expect(claims).toHaveLength(2);
  });

  it('gives back what stands behind one that stays in front, and looks at once', async () => {
    const { clock, loop, claims, trail, end } = setUp({
      order: 'serial',
      answers: [{ jobs: [job('a1'), job('a2'), job('a3')], dueIn: 9_000 }],
    });
    loop.start();
    await clock.advance(0);
    await end('a1', false);
    expect([trail, claims.length]).toEqual([['+a1', '-a2', '-a3'], 2]);
  });

  it('gives back all of them though one cannot be given back', async () => {
    const given: string[] = [];
    const { clock, loop, end } = setUp({
      order: 'serial',
      answers: [{ jobs: [job('a1'), job('a2'), job('a3')], dueIn: 9_000 }],
      release: async ({ name }) => {
        given.push(name);
        if (name === 'a2') throw new Error('The disk is gone.');
      },
    });
    loop.start();
    await clock.advance(0);
    await end('a1', false);
    expect(given).toEqual(['a2', 'a3']);
  });

  it('claims nothing more when it is stopped, and has ended when its last work has', async () => {
    const { clock, loop, claims, end } = setUp({ answers: [{ jobs: [job('a')], dueIn: undefined }] });
    loop.start();
    await clock.advance(0);
    let hasEnded = false;
    const stopped = loop.stop().then(() => (hasEnded = true));
    await clock.advance(60_000);
    expect([hasEnded, claims.length]).toEqual([false, 1]);
    await end('a');
    await stopped;
    expect(claims).toHaveLength(1);
  });
});
