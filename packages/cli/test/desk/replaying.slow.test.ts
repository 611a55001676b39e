import { join } from 'node:path';
import type { Journal } from '@waybill/contract';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { start } from '../waybill.ts';
import { legOf, messageOf, park, Stage } from './stage.ts';

/** So many parked messages: `m-0`, `m-1`, … */
async function withParked(count: number): Promise<Stage> {
  const stage = await Stage.make();
  await stage.journal((journal) => parkMany(journal, count));
  return stage;
}

async function parkMany(journal: Journal, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, number) => park(journal, `m-${number}`)));
}

const manifestOf = ({ folder }: Stage) => ['--manifest', join(folder, 'waybill.json')];

/** The program in a process of its own, at five messages a second, once it has replayed some. */
async function slowly(stage: Stage) {
  const program = start(['messages', 'replay', '--all', '--rate', '5', '--yes', '--by', 'bert', ...manifestOf(stage)], stage.folder);
  const isUnderWay = async () => Number((await stage.lines('messages', 'replays'))[0]?.['replayed'] ?? 0) > 0;
  await eventually(isUnderWay, { what: 'the replay to be under way', within: 30_000 });
  return program;
}

const waiting = async (stage: Stage): Promise<number> =>
  (await stage.ids('messages', 'list', '--state', 'stored', '--limit', '1000')).length;

describe('a replay of many', () => {
  it('is worked off in portions, is listed, and every message says by which replay', async () => {
    const stage = await withParked(1_200);
    const { code, out } = await stage.waybill('messages', 'replay', '--all', '--yes', '--why', 'the store is open again');
    expect([code, out.split('\n')[0]]).toEqual([0, 'Replay 1200 messages:']);
    expect(out).toContain('\nand 1190 more.\n1200 messages replayed in replay 1. They are due');
    expect(await stage.lines('messages', 'replays')).toMatchObject([
      { id: 1, state: 'done', chosen: 1_200, replayed: 1_200, skipped: 0, by: { who: 'anna', why: 'the store is open again' }, query: {} },
    ]);
    expect((await stage.waybill('messages', 'replays')).out).toMatch(
      /^REPLAY .*\n1 +done +anna .* 1200 +1200 +0 +all +the store is open again\n$/,
    );
    expect((await stage.waybill('messages', 'show', 'm-7')).out).toMatch(/\n {2}replayed +1 time, last by anna in replay 1 at \S+Z\n/);
    expect((await stage.waybill('messages', 'trace', 'm-7')).out).toContain(
      'stored  replayed 1 time, last by anna in replay 1  WB_COMMAND',
    );
    expect((await stage.waybill('messages', 'records')).out).toMatch(/anna +replay 1 +in +orders +\d+ /);
  });

  it('says how often a message was replayed', async () => {
    const stage = await withParked(1);
    for (const _time of [1, 2]) {
      await stage.waybill('messages', 'replay', 'm-0', '--yes');
      await stage.journal(async ({ inbox }) => {
        const [job] = (await inbox.claim({ entry: 'orders', limit: 1 })).jobs;
        if (!job) throw new Error('The message is not due.');
        const failure = { code: 'WB_COMMAND_FAILED', kind: 'invalid', reason: 'still not' } as const;
        const kept = { message: job.message };
        await inbox.settle({ ...job, ending: { outcome: 'parked', failure, attempts: 1, blocks: false, kept } });
      });
    }
    expect((await stage.waybill('messages', 'show', 'm-0')).out).toMatch(/\n {2}replayed +2 times, last by anna in replay 2 at /);
    expect(await stage.json('messages', 'show', 'm-0')).toMatchObject({ replayed: { times: 2, by: { who: 'anna' }, replay: 2 } });
  });

  it('is not begun where nothing matches, so that none of nothing is listed', async () => {
    const stage = await withParked(2);
    const nothing = ['messages', 'replay', '--code', 'WB_NOTHING', '--yes'] as const;
    expect(await stage.waybill(...nothing)).toMatchObject({ code: 0, out: '', err: 'Nothing matches, so there is nothing to replay.\n' });
    const { code, out } = await stage.waybill(...nothing, '--json');
    expect([code, JSON.parse(out)]).toMatchObject([0, { did: 'replay', planned: 0, changed: 0 }]);
    expect(await stage.waybill(...nothing, '--dry-run')).toMatchObject({
      code: 0,
      out: 'Nothing matches, so there is nothing to replay.\n',
    });
    expect(await stage.lines('messages', 'replays')).toEqual([]);
  });

  it('replays nothing where the answer is not yes, and says so in the list', async () => {
    const stage = await withParked(3);
    expect(await stage.waybill('messages', 'replay', '--all')).toMatchObject({ code: 2 });
    expect(await stage.lines('messages', 'replays')).toMatchObject([{ state: 'cancelled', chosen: 3, replayed: 0 }]);
    expect(await waiting(stage)).toBe(0);
  });
});

describe('a replay that is cancelled', () => {
  it('ends from anywhere, says how it goes on, and goes on with what is left', async () => {
    const stage = await withParked(300);
    const program = await slowly(stage);
    const cancelled = await stage.waybill('messages', 'replay', '--cancel', '1');
    expect([cancelled.code, cancelled.out]).toEqual([0, expect.stringContaining('`waybill messages replay --resume 1` goes on.')]);
    expect(await program.end()).toBe(1);
    expect(program.written).toContain('Replay 1 was cancelled by anna: ');
    const replayed = await waiting(stage);
    expect(replayed).toBeLessThan(300);
    expect(await stage.lines('messages', 'replays')).toMatchObject([{ state: 'cancelled', replayed, by: { who: 'bert' } }]);
    const resumed = start(['messages', 'replay', '--resume', '1', '--yes', ...manifestOf(stage)], stage.folder);
    const goesOn = async () => (await waiting(stage)) > replayed;
    await eventually(goesOn, { what: 'the replay to go on', within: 30_000 });
    resumed.signal('SIGTERM');
    expect(await resumed.end()).toBe(1);
  });

  it('is one that Ctrl-C ends in good order', async () => {
    const stage = await withParked(300);
    const program = await slowly(stage);
    program.signal('SIGINT');
    expect(await program.end()).toBe(1);
    expect(program.written).toMatch(
      /Replay 1 was cancelled by bert: \d+ of 300 messages replayed\.\n`waybill messages replay --resume 1` goes on/,
    );
    expect(await stage.lines('messages', 'replays')).toMatchObject([{ state: 'cancelled', replayed: await waiting(stage) }]);
  });

  it('is there to be resumed, too, when its program was killed; then each message was replayed once', async () => {
    const stage = await withParked(300);
    const plan = { request: 'quickly', by: { who: 'bert' }, of: { query: {} } };
    const journal = await stage.open();
    const { id } = await journal.replays.begin(plan);
    let replayed = 0;
    while (replayed === 0) ({ replayed = 0 } = (await journal.replays.advance(id, plan.by))?.replay ?? {});
    await journal.close();
    const { code, out } = await stage.waybill('messages', 'replay', '--resume', String(id), '--yes');
    expect([code, out.split('\n')[0]]).toEqual([
      0,
      `Go on with replay 1 of bert: ${replayed} of 300 messages replayed. ${300 - replayed} are left.`,
    ]);
    expect(await waiting(stage)).toBe(300);
    const again = await stage.waybill('messages', 'replay', '--resume', '1', '--yes');
    expect([again.code, again.out.split('. ')[0]]).toEqual([0, '300 messages replayed in replay 1']);
    const late = await stage.waybill('messages', 'replay', '--cancel', '1');
    expect([late.code, late.err]).toEqual([1, expect.stringMatching(/^WB_CLI_WRONG_STATE {2}Replay 1 is done: 300 of 300/)]);
    expect(late.err).toContain('hint  Only a replay that has not come to its end is cancelled.');
  });

  it.each([
    ['a replay that does not exist', ['--resume', '9', '--yes'], 'WB_CLI_UNKNOWN_REPLAY'],
    ['one that does not exist is cancelled', ['--cancel', '9'], 'WB_CLI_UNKNOWN_REPLAY'],
    ['ids', ['m-0', '--resume', '1'], 'WB_CLI_BAD_FILTER'],
    ['a rate that is none', ['--all', '--rate', 'fast'], 'WB_CLI_BAD_FILTER'],
    ['no number', ['--resume', 'x'], 'WB_CLI_BAD_FILTER'],
    ['only the entry that gets them', ['--to', 'returns', '--yes'], 'WB_CLI_NOTHING_CHOSEN'],
    ['one body for several', ['--all', '--body', 'x', '--yes'], 'WB_CLI_BAD_FILTER'],
  ])('is refused with %s', async (_what, args, code) => {
    const stage = await withParked(1);
    const ended = await stage.waybill('messages', 'replay', ...args);
    expect([ended.code, ended.err.split(' ')[0]]).toEqual([2, code]);
    expect(await waiting(stage)).toBe(0);
  });
});

describe('a replay to another entry, or with another body', () => {
  it('moves and replays in one step', async () => {
    const stage = await withParked(2);
    expect(await stage.waybill('messages', 'replay', 'm-1', '--to', 'returns', '--yes')).toMatchObject({ code: 0 });
    const { jobs } = await stage.journal(({ inbox }) => inbox.claim({ entry: 'returns', limit: 10 }));
    expect(jobs).toMatchObject([{ id: 'm-1', attempts: 0 }]);
    expect(await stage.lines('messages', 'records')).toMatchObject([
      { did: 'replay', replay: 1, entry: 'orders', to: 'returns', ids: ['m-1'] },
    ]);
  });

  it('leaves alone what the entry has already', async () => {
    const stage = await withParked(2);
    await stage.journal((journal) => park(journal, 'm-1', { entry: 'returns' }));
    const { code, out } = await stage.waybill('messages', 'replay', '--entry', 'orders', '--to', 'returns', '--yes');
    expect([code, out]).toEqual([1, expect.stringContaining('1 message replayed in replay 1. They are due')]);
    expect(out).toContain('1 message left alone');
  });

  it('has the new body, and the one that came is kept', async () => {
    const stage = await withParked(1);
    const file = await stage.write('new.xml', '<new/>');
    const { code, out } = await stage.waybill('messages', 'replay', 'm-0', '--body', file, '--yes');
    expect([code, out.split('\n')[0]]).toEqual([0, 'Replay 1 message, with a body of 6 bytes:']);
    const { jobs } = await stage.journal(({ inbox }) => inbox.claim({ entry: 'orders', limit: 10 }));
    expect(new TextDecoder().decode(jobs[0]?.message.body)).toBe('<new/>');
    expect((await stage.lines('messages', 'records')).map(({ did }) => did)).toEqual(['replay', 'edit']);
    const original = await stage.waybill('messages', 'show', 'm-0', '--original', '--reveal');
    expect(new TextDecoder().decode(original.bytes)).toBe('<m-0/>');
  });
});

describe('a dry run', () => {
  it('counts by fingerprint and shows what earlier attempts have done, and changes nothing', async () => {
    const stage = await withParked(2);
    await stage.journal(async (journal) => {
      await park(journal, 'other', { failure: { code: 'WB_PACK_FAILED' } });
      const token = await journal.outbox.begin(legOf('asked', { cause: 'm-1', trace: 'trace-m-1' }));
      if (token === undefined) throw new Error('The leg was begun before.');
      const reply = messageOf('answer');
      await journal.outbox.settle({ entry: 'erp', id: 'asked', token, ending: { outcome: 'sent', archive: false, reply } });
      await journal.outbox.publish([legOf('unrelated', { trace: 'trace-m-1' })]);
    });
    const { code, out } = await stage.waybill('messages', 'replay', '--all', '--dry-run');
    expect([code, out.split('\n')[0]]).toEqual([0, 'It would replay 3 messages:']);
    expect(out).toMatch(/\n2 +in +orders +Update_WCS_OrderStatus@3\.0 +WB_COMMAND_FAILED /);
    expect(out).toContain(
      '\n1 message had effects in earlier attempts:\n  in orders m-1: failed 1 time\n    erp  Report_NC_PurchaseOrder@1.0  asked  done, answered\n',
    );
    expect(out).not.toContain('unrelated');
    expect(await stage.json('messages', 'replay', '--all', '--dry-run')).toMatchObject({
      dryRun: true,
      planned: 3,
      groups: [
        { count: 2, code: 'WB_COMMAND_FAILED' },
        { count: 1, code: 'WB_PACK_FAILED' },
      ],
      messages: [{ id: 'm-0', legs: [] }, { id: 'm-1', legs: [{ id: 'asked', state: 'done', isAnswered: true }] }, { id: 'other' }],
    });
    expect([await stage.lines('messages', 'replays'), await stage.lines('messages', 'records')]).toEqual([[], []]);
    expect(await stage.ids('messages', 'list', '--state', 'parked')).toHaveLength(3);
  });

  it('tells which recipients may have a leg already', async () => {
    const stage = await Stage.make();
    await stage.journal(async ({ outbox }) => {
      await outbox.publish([legOf('mail')]);
      const [job] = (await outbox.claim({ entry: 'erp', limit: 1 })).jobs;
      if (!job) throw new Error('The leg is not due.');
      const recipients = [{ address: 'a@x', outcome: 'sent' } as const, { address: 'b@x', outcome: 'refused' } as const];
      const failure = { code: 'WB_X', kind: 'invalid', reason: 'one was refused' } as const;
      const ending = { outcome: 'parked', failure, attempts: 1, blocks: false, recipients } as const;
      await outbox.settle({ entry: 'erp', id: 'mail', token: job.token, ending });
    });
    const { out } = await stage.waybill('messages', 'replay', 'mail', '--dry-run');
    expect(out).toContain('\n  out erp mail: failed 1 time\n    1 recipient may have it\n');
    expect(out).not.toContain('@x');
  });
});
