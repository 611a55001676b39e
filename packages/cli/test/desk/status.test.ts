import { describe, expect, it } from 'vitest';
import { legOf, park, Stage } from './stage.ts';

const anna = { who: 'anna', why: 'the back end is moved' };

describe('the status', () => {
  it('tells of every entry what waits, since when, what is parked and what is paused, without a kernel', async () => {
    const stage = await Stage.make();
    await stage.journal(async (journal) => {
      await journal.outbox.publish([legOf('a'), legOf('b', { entry: 'old' })]);
      await park(journal, 'm-1');
      await journal.control.pause({ direction: 'out', entry: 'erp' }, anna);
    });
    const report = await stage.json('status');
    const nothing = { states: [], inHand: 0, waiting: 0, parked: 0, rates: {}, stranded: false };
    const waits = { waiting: 1, oldest: expect.any(Number) as number, lag: expect.any(Number) as number };
    expect(report).toMatchObject({
      degraded: true,
      processes: [],
      blocked: [],
      entries: [
        { direction: 'in', entry: 'orders', ...nothing, parked: 1 },
        { direction: 'in', entry: 'returns', ...nothing },
        { direction: 'out', entry: 'erp', ...nothing, ...waits, paused: { by: anna } },
        { direction: 'out', entry: 'archive', ...nothing },
        { direction: 'out', entry: 'old', ...nothing, ...waits, stranded: true },
      ],
    });
    const { out } = await stage.waybill('status');
    expect(out).toMatch(/^No process has the journal open: what waits is worked on when one starts\.\nDIR +ENTRY +STATE /);
    expect(out).toMatch(/\nout +erp +paused +0 +1 +\d+s +0\n/);
    expect(out).toMatch(/\nout +old +stranded +0 +1 +\d+s +0\n/);
    expect(out).toMatch(/\nout erp is paused by anna since \S+Z: the back end is moved\.\n/);
    expect(out).toMatch(/\nout old is not in the manifest; 1 waiting and 0 parked have to be moved or dropped\.\n/);
  });

  it('tells what processes say of themselves, their numbers, and what is held up', async () => {
    const stage = await Stage.make();
    const journal = await stage.open();
    const now = Date.now();
    await journal.control.present({
      manifest: 'harbour',
      state: 'running',
      journal: { state: 'failing', since: now, code: 'WB_JOURNAL_FULL', reason: 'the disk is full' },
      connections: [{ name: 'files', transport: 'file', state: 'degraded' }],
      inbound: [{ name: 'orders', state: 'receiving', inHand: 2 }],
      outbound: [{ name: 'erp', state: 'degraded', reason: 'the far side is away' }],
      degraded: true,
    });
    const minute = now - (now % 60_000) - 120_000;
    await journal.control.count([
      { direction: 'in', entry: 'orders', minute, outcome: 'done', count: 40 },
      { direction: 'in', entry: 'orders', minute: minute - 60_000, outcome: 'done', count: 11 },
      // Minutes that are not over, or long over, are not among the rates.
      { direction: 'in', entry: 'orders', minute: minute + 600_000, outcome: 'done', count: 1_000 },
      { direction: 'in', entry: 'orders', minute: minute - 3_600_000, outcome: 'done', count: 1_000 },
    ]);
    await journal.outbox.publish(['a', 'b'].map((id) => legOf(id, { orderKey: 'order:1' })));
    const [job] = (await journal.outbox.claim({ entry: 'erp', limit: 1 })).jobs;
    const failure = { code: 'WB_AWAY', kind: 'unavailable', reason: 'away' } as const;
    const ending = { outcome: 'parked', failure, attempts: 1, blocks: true } as const;
    if (job) await journal.outbox.settle({ entry: 'erp', id: 'a', token: job.token, ending });
    expect(await stage.json('status')).toMatchObject({
      degraded: true,
      processes: [{ manifest: 'harbour', state: 'running', degraded: true, journal: { code: 'WB_JOURNAL_FULL' } }],
      entries: [
        { entry: 'orders', states: ['receiving'], inHand: 2, rates: { done: 10.2 } },
        { entry: 'returns' },
        { entry: 'erp', states: ['degraded'], reason: 'the far side is away', waiting: 1, parked: 1 },
        { entry: 'archive' },
      ],
      blocked: [{ orderKey: 'order:1', head: 'a', waiting: 1 }],
    });
    const { out } = await stage.waybill('status');
    expect(out).toMatch(
      /^process \S+: harbour running, degraded; the journal fails since \S+Z: the disk is full; connections degraded: files; since /,
    );
    expect(out).toMatch(/\nin +orders +receiving +2 +0 +0 +10\.2 done\n/);
    expect(out).toMatch(/\nout erp: the far side is away\n/);
    expect(out).toMatch(/\nout erp: 1 message of order:1 behind a, which is parked since \S+Z\.\n/);
  });
});

describe('what several processes have in hand at an entry', () => {
  it('is told together, with what each says of it', async () => {
    const stage = await Stage.make();
    for (const [state, inHand] of [
      ['receiving', 2],
      ['standing-by', 3],
      ['receiving', 1],
    ] as const) {
      const { control } = await stage.open();
      await control.present({ inbound: [{ name: 'orders', state, inHand }], outbound: [{ name: 'orders', state: 'degraded' }] });
    }
    const { entries } = (await stage.json('status')) as { readonly entries: readonly object[] };
    expect(entries[0]).toMatchObject({ direction: 'in', entry: 'orders', states: ['receiving', 'standing-by'], inHand: 6 });
  });
});

describe('an entry that is paused', () => {
  it('is so until it is resumed, and both are recorded', async () => {
    const stage = await Stage.make();
    await stage.journal(() => Promise.resolve());
    expect(await stage.waybill('pause', 'erp', '--yes', '--why', 'moved')).toMatchObject({ code: 0 });
    const paused = () => stage.journal(({ control }) => control.paused());
    expect(await paused()).toMatchObject([{ direction: 'out', entry: 'erp', by: { who: 'anna', why: 'moved' } }]);
    expect(await stage.json('resume', 'erp', '--yes')).toEqual({ did: 'resume', by: { who: 'anna' }, direction: 'out', entry: 'erp' });
    expect(await paused()).toEqual([]);
    expect((await stage.lines('messages', 'records')).map(({ did }) => did)).toEqual(['resume', 'pause']);
  });

  it('can be one that the manifest does not have any more', async () => {
    const stage = await Stage.make();
    await stage.journal(({ control }) => control.pause({ direction: 'in', entry: 'old' }, anna));
    expect(await stage.waybill('resume', 'old', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('in old is resumed') as string,
    });
  });

  it.each([
    ['it is paused already', ['pause', 'orders'], 1, 'WB_CLI_WRONG_STATE', 'was paused by anna'],
    ['it is not paused', ['resume', 'returns'], 1, 'WB_CLI_WRONG_STATE', 'is not paused'],
    ['there is none', ['pause', 'oders'], 2, 'WB_CLI_UNKNOWN_ENTRY', 'Did you mean orders?'],
    ['it is in the other direction', ['pause', 'orders', '--out'], 2, 'WB_CLI_UNKNOWN_ENTRY', 'no outbound entry orders'],
  ])('is refused where %s', async (_what, args, code, expected, why) => {
    const stage = await Stage.make();
    await stage.journal(({ control }) => control.pause({ direction: 'in', entry: 'orders' }, anna));
    const ended = await stage.waybill(...args, '--yes');
    expect([ended.code, ended.out, ended.err.split(' ')[0]]).toEqual([code, '', expected]);
    expect(ended.err).toContain(why);
    expect(await stage.lines('messages', 'records')).toHaveLength(1);
  });

  it('of a name that both directions have has to be said', async () => {
    const connection = 'files';
    const stage = await Stage.make({ outbound: { orders: { connection } } });
    await stage.journal(() => Promise.resolve());
    expect(await stage.waybill('pause', 'orders', '--yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--in or --out') as string,
    });
    expect(await stage.waybill('pause', 'orders', '--out', '--yes')).toMatchObject({ code: 0 });
    expect(await stage.waybill('pause', 'orders', '--in', '--yes')).toMatchObject({ code: 0 });
    expect(await stage.waybill('resume', 'orders', '--out', '--yes')).toMatchObject({ code: 0 });
    expect(await stage.journal(({ control }) => control.paused())).toMatchObject([{ direction: 'in', entry: 'orders' }]);
  });

  it('stays open while nobody has said yes', async () => {
    const stage = await Stage.make();
    await stage.journal(() => Promise.resolve());
    const { code, out } = await stage.waybill('pause', 'orders');
    expect([code, out]).toEqual([2, 'Pause in orders: nothing is received there until it is resumed, also over restarts.\n']);
    expect(await stage.lines('messages', 'records')).toEqual([]);
  });
});
