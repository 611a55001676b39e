import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plugins, root } from '../waybill.ts';
import { finish, legOf, park, Stage } from './stage.ts';

/** Five messages: two done, one of which has a leg, and two parked. */
async function filled(): Promise<Stage> {
  const stage = await Stage.make();
  await stage.journal(async (journal) => {
    await finish(journal, '12006');
    await finish(journal, '12007', [legOf('leg', { businessKeys: { order: '12007' }, cause: '12007', trace: 'trace-12007' })]);
    await park(journal, '12008');
    await park(journal, '12009', { entry: 'returns', failure: { code: 'WB_PACK_FAILED' }, facts: { store: '10152', type: 'Other@1.0' } });
  });
  return stage;
}

describe('a list of messages', () => {
  it('shows a line each, the newest first', async () => {
    const { code, out, err } = await (await filled()).waybill('messages', 'list');
    const lines = out.trim().split('\n');
    expect([code, err, lines.length]).toEqual([0, '', 6]);
    expect(lines[0]).toMatch(/^RECORDED +DIR +ENTRY +STATE +TYPE +ID +WHY$/);
    expect(lines[1]).toMatch(/Z {2}in +returns +parked +Other@1\.0 +12009 +WB_PACK_FAILED no such order$/);
    expect(lines[3]).toMatch(/Z {2}out +erp +waiting +Report_NC_PurchaseOrder@1\.0 +leg$/);
  });

  it('holds to its filters', async () => {
    const stage = await filled();
    const expected: readonly (readonly [readonly string[], readonly string[]])[] = [
      [['--in'], ['12009', '12008', '12007', '12006']],
      [['--out'], ['leg']],
      [['--entry', 'returns'], ['12009']],
      [
        ['--state', 'parked'],
        ['12009', '12008'],
      ],
      [['--type', 'Other@1.0'], ['12009']],
      [['--code', 'WB_COMMAND_FAILED'], ['12008']],
      [['--store', '10152'], ['12009']],
      [
        ['--key', 'order=12007'],
        ['leg', '12007'],
      ],
      [
        ['--trace', 'trace-12007'],
        ['leg', '12007'],
      ],
      [
        ['--since', '1h', '--state', 'done'],
        ['12007', '12006'],
      ],
      [['--until', '1h'], []],
      [['--until', '2020-01-01'], []],
      [['--since', '2020-01-01T00:00:00Z', '--out'], ['leg']],
      [
        ['--limit', '2'],
        ['12009', '12008'],
      ],
    ];
    for (const [args, ids] of expected) expect([args, await stage.ids('messages', 'list', ...args)]).toEqual([args, ids]);
  });

  it('tells where to go on, and goes on there', async () => {
    const stage = await filled();
    const { out, err } = await stage.waybill('messages', 'list', '--limit', '3', '--json');
    const before = /--before (\d+)/.exec(err)?.[1] ?? '';
    const { err: end } = await stage.waybill('messages', 'list', '--before', before);
    expect([out.trim().split('\n').length, end]).toEqual([3, '']);
    expect(await stage.ids('messages', 'list', '--before', before)).toEqual(['12007', '12006']);
  });

  it('has as many as it is asked for, and no more, in however many pages the journal gives them', async () => {
    const stage = await Stage.make();
    await stage.journal(({ outbox }) => outbox.publish(Array.from({ length: 602 }, (_, number) => legOf(`leg-${number}`))));
    const ids = await stage.ids('messages', 'list', '--limit', '601');
    expect([ids.length, ids.at(0), ids.at(-1)]).toEqual([601, 'leg-601', 'leg-1']);
  });

  it('says that there is nothing', async () => {
    const { code, out, err } = await (await filled()).waybill('messages', 'list', '--code', 'WB_NOTHING');
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'There are no such messages.\n' });
  });

  it('writes nothing that a terminal would obey', async () => {
    const stage = await Stage.make();
    await stage.journal((journal) => park(journal, 'a\u001B[2Jb', { failure: { reason: 'first\nsecond\u009B1m' } }));
    for (const args of [['list'], ['show', 'a\u001B[2Jb']]) {
      const { out } = await stage.waybill('messages', ...args);
      // oxlint-disable-next-line no-control-regex -- those are meant
      expect(out).not.toMatch(/[\u001B\u009B]/);
      expect(out).toContain('first�second�1m');
    }
  });
});

describe('what is parked, in groups', () => {
  it('is counted by entry, type and code, the largest group first', async () => {
    const stage = await filled();
    await stage.journal(async (journal) => {
      for (const id of ['a', 'b']) await park(journal, id);
    });
    const groups = await stage.lines('messages', 'list', '--grouped');
    expect(groups).toMatchObject([
      { count: 3, direction: 'in', entry: 'orders', type: 'Update_WCS_OrderStatus@3.0', code: 'WB_COMMAND_FAILED', newest: { id: 'b' } },
      { count: 1, direction: 'in', entry: 'returns', type: 'Other@1.0', code: 'WB_PACK_FAILED', oldest: { id: '12009' } },
    ]);
    expect(groups[0]).toMatchObject({ oldest: { id: '12008' } });
    const { out } = await stage.waybill('messages', 'list', '--grouped', '--entry', 'returns');
    expect(out).toMatch(/^PARKED.*\n1 +in +returns +Other@1\.0 +WB_PACK_FAILED .*12009\n$/);
  });
});

describe('looking by a business key', () => {
  it('finds messages of both directions', async () => {
    expect(await (await filled()).ids('messages', 'find', 'order=12007')).toEqual(['leg', '12007']);
  });

  it('holds to filters, too', async () => {
    const stage = await filled();
    expect(await stage.ids('messages', 'find', 'order=12007', '--in')).toEqual(['12007']);
    expect(await stage.ids('messages', 'find', 'order=12', '--in')).toEqual([]);
  });
});

describe('a listing that makes no sense', () => {
  it.each([
    ['a state', ['list', '--state', 'prked'], 'Did you mean parked?'],
    ['a time', ['list', '--since', 'yesterday'], '"yesterday" is no time.'],
    ['a business key', ['find', '12007'], 'order=12007'],
    ['a number', ['list', '--limit', '0'], '--limit'],
    ['two directions', ['list', '--in', '--out'], 'cannot be used with'],
  ])('ends with 2 and says why: %s', async (_what, args, why) => {
    const { code, out, err } = await (await Stage.make()).waybill('messages', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });

  it('where there is no journal, says so and makes none', async () => {
    const stage = await Stage.make();
    const { code, err } = await stage.waybill('messages', 'list');
    expect([code, err.slice(0, 20)]).toEqual([1, 'WB_JOURNAL_NOT_THERE']);
    expect(existsSync(join(stage.folder, 'journal.db'))).toBe(false);
  });

  it('of a journal that no other process can open, says so', async () => {
    const contract = JSON.stringify(join(root, 'packages', 'contract', 'dist', 'index.js'));
    const settings = { type: 'object', properties: {}, additionalProperties: false };
    const about = `name: 'ram', summary: 'Keeps the journal in memory.'`;
    const changes = { plugins: [...plugins('transport-file'), './ram'], journal: { use: 'ram' } };
    const stage = await Stage.make(changes, {
      'ram/package.json': { name: 'ram', version: '1.0.0', type: 'module', main: './index.js' },
      'ram/waybill.plugin.json': { contract: 1, kind: 'journal', name: 'ram', summary: 'Keeps the journal in memory.', settings },
      'ram/index.js': `import { defineJournal } from ${contract};
        export default defineJournal({ ${about}, settings: ${JSON.stringify(settings)}, open: () => { throw new Error('opened'); } });`,
    });
    const { code, err } = await stage.waybill('messages', 'list');
    expect([code, err.split('  ')[0]]).toEqual([1, 'WB_CLI_NO_DESK']);
  });

  it('with a manifest that has problems, tells them as the check does', async () => {
    const { code, err } = await (await Stage.make({ inbuond: {} })).waybill('messages', 'list');
    expect([code, err.includes('inbuond')]).toEqual([1, true]);
  });
});
