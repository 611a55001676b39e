import { describe, expect, it, vi } from 'vitest';
import { bin } from '../waybill.ts';
import { filled, park, parked, Stage } from './stage.ts';

describe('messages that are replayed', () => {
  it('are those of the filter, as they were when it was asked', async () => {
    const stage = await filled();
    const result = await stage.json('messages', 'replay', '--code', 'WB_COMMAND_FAILED', '--yes', '--why', 'mended');
    const by = { who: 'anna', why: 'mended' };
    expect(result).toMatchObject({ did: 'replay', by, planned: 3, changed: 3, replay: { id: 1, state: 'done', by, replayed: 3 } });
    expect(await parked(stage)).toEqual(['c']);
    // As many records as there were portions.
    const records = await stage.lines('messages', 'records');
    expect(records.every((record) => record['did'] === 'replay' && record['replay'] === 1)).toBe(true);
    expect(new Set(records.flatMap(({ ids }) => ids))).toEqual(new Set(['a', 'b', 'f']));
    expect(records.map(({ entry }) => entry)).toEqual(expect.arrayContaining(['orders', 'returns']));
  });

  it('are due from then on', async () => {
    const stage = await filled();
    const { code, out } = await stage.waybill('messages', 'replay', 'a', '--yes');
    expect([code, out]).toEqual([0, expect.stringContaining('1 message replayed in replay 1. They are due')]);
    const { jobs } = await stage.journal(({ inbox }) => inbox.claim({ entry: 'orders', limit: 10 }));
    expect(jobs).toMatchObject([{ id: 'a', attempts: 0 }]);
  });

  it('are shown before, ten of them', async () => {
    const stage = await Stage.make();
    await stage.journal(async (journal) => {
      for (let number = 10; number < 22; number += 1) await park(journal, `m-${number}`);
    });
    const { out } = await stage.waybill('messages', 'replay', '--all', '--yes');
    expect(out.split('\n')[0]).toBe('Replay 12 messages:');
    expect(out.match(/m-\d\d/g)).toHaveLength(10);
    expect(out).toContain('\nand 2 more.\n');
  });
});

describe('messages that are dropped', () => {
  it('are gone, and those behind them go on', async () => {
    const stage = await filled();
    expect(await stage.waybill('messages', 'drop', 'a', 'f', '--yes')).toMatchObject({ code: 0 });
    expect(await stage.ids('messages', 'list')).toEqual(['d', 'c', 'b']);
  });
});

describe('a message that is edited', () => {
  it('has the body of the file, and keeps the one that came', async () => {
    const stage = await filled();
    const file = await stage.write('new.xml', '<new/>');
    expect(await stage.waybill('messages', 'edit', 'a', '--body', file, '--yes')).toMatchObject({ code: 0 });
    const body = async (part: string) => new TextDecoder().decode((await stage.waybill('messages', 'show', 'a', part, '--reveal')).bytes);
    expect([await body('--body'), await body('--original')]).toEqual(['<new/>', '<a/>']);
    expect((await stage.lines('messages', 'records')).map(({ did }) => did)).toEqual(['reveal', 'reveal', 'edit']);
  });

  it('is opened in the editor, which shows all of it, so that this is recorded', async () => {
    const stage = await filled();
    vi.stubEnv('VISUAL', `sed -i s,a,edited,`);
    expect(await stage.waybill('messages', 'edit', 'a', '--yes')).toMatchObject({ code: 0 });
    vi.unstubAllEnvs();
    expect(await stage.json('messages', 'show', 'a', '--reveal')).toMatchObject({
      message: { body: '<edited/>' },
      original: { body: '<a/>' },
    });
    expect((await stage.lines('messages', 'records')).map(({ did }) => did)).toEqual(['reveal', 'edit', 'reveal']);
  });

  it('is not overwritten with what was begun before somebody else had edited it', async () => {
    const stage = await filled();
    const theirs = await stage.write('theirs.xml', '<theirs/>');
    const manifest = `--manifest "${stage.folder}/waybill.json"`;
    vi.stubEnv(
      'VISUAL',
      `"${process.execPath}" "${bin}" messages edit a --body "${theirs}" --yes --by bert ${manifest} && sed -i s,a,mine,`,
    );
    const ended = await stage.waybill('messages', 'edit', 'a', '--yes');
    vi.unstubAllEnvs();
    expect([ended.code, ended.err.split('  ')[0]]).toEqual([1, 'WB_CLI_WRONG_STATE']);
    expect(await stage.json('messages', 'show', 'a', '--reveal')).toMatchObject({ message: { body: '<theirs/>' } });
  });

  it.each([
    ['an editor that fails', 'false', 1, 'WB_CLI_NO_EDITOR'],
    ['no editor', '', 1, 'WB_CLI_NO_EDITOR'],
    ['an editor that changes nothing', 'true', 0, 'The body is the same. Nothing was changed.'],
  ])('stays as it is with %s', async (_what, editor, code, told) => {
    const stage = await filled();
    vi.stubEnv('VISUAL', editor);
    vi.stubEnv('EDITOR', '');
    const ended = await stage.waybill('messages', 'edit', 'a', '--yes');
    vi.unstubAllEnvs();
    expect([ended.code, ended.err.slice(0, told.length)]).toEqual([code, told]);
    expect((await stage.lines('messages', 'records')).map(({ did }) => did)).toEqual(['reveal']);
  });
});
