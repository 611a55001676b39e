import { describe, expect, it, vi } from 'vitest';
import { bin } from '../waybill.ts';
import { finish, legOf, park, Stage } from './stage.ts';

/** Parked are a, b and c; d is done, and f is parked at another entry. */
async function filled(): Promise<Stage> {
  const stage = await Stage.make();
  await stage.journal(async (journal) => {
    for (const id of ['a', 'b']) await park(journal, id);
    await park(journal, 'c', { failure: { code: 'WB_PACK_FAILED' } });
    await finish(journal, 'd');
    await park(journal, 'f', { entry: 'returns' });
  });
  return stage;
}

const parked = (stage: Stage) => stage.ids('messages', 'list', '--state', 'parked');

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

describe('messages that are not to be changed', () => {
  it('stay as they are while nobody has said yes', async () => {
    const stage = await filled();
    for (const args of [
      ['replay', '--all'],
      ['drop', 'a'],
      ['move', 'a', '--to', 'returns'],
    ]) {
      const { code, out, err } = await stage.waybill('messages', ...args);
      expect([code, err.slice(0, 20)]).toEqual([2, 'WB_CLI_NOT_CONFIRMED']);
      expect(out).toMatch(/^\w.* messages?.*:\n/);
    }
    expect(await parked(stage)).toEqual(['f', 'c', 'b', 'a']);
    expect(await stage.lines('messages', 'records')).toEqual([]);
  });

  it.each([
    ['one of the ids is in another state', ['replay', 'a', 'd'], 1, 'WB_CLI_WRONG_STATE', 'd is done'],
    ['one of the ids does not exist', ['drop', 'a', 'x'], 2, 'WB_CLI_UNKNOWN_ID', 'x'],
    ['nothing is chosen', ['drop'], 2, 'WB_CLI_NOTHING_CHOSEN', '--all'],
    ['ids and filters are mixed', ['drop', 'a', '--code', 'WB_PACK_FAILED'], 2, 'WB_CLI_BAD_FILTER', 'exclude each other'],
    ['the entry does not exist', ['move', 'a', '--to', 'retruns'], 2, 'WB_CLI_UNKNOWN_ENTRY', 'Did you mean returns?'],
    ['the entry is of the other direction', ['move', 'a', '--to', 'archive'], 1, 'WB_CLI_WRONG_STATE', 'out archive'],
    ['they are there already', ['move', 'a', '--to', 'orders'], 1, 'WB_CLI_WRONG_STATE', 'a is parked'],
    ['what is done is edited', ['edit', 'd', '--body', 'x'], 1, 'WB_CLI_WRONG_STATE', 'd is done'],
    ['the new body is not there', ['edit', 'a', '--body', 'no-such-file'], 2, 'WB_CLI_NO_FILE', 'no-such-file'],
  ])('stay as they are when %s', async (_what, args, expected, code, why) => {
    const stage = await filled();
    const ended = await stage.waybill('messages', ...args, '--yes');
    expect([ended.code, ended.out, ended.err.split(' ')[0]]).toEqual([expected, '', code]);
    expect(ended.err).toContain(why);
    expect(await parked(stage)).toEqual(['f', 'c', 'b', 'a']);
    expect(await stage.lines('messages', 'records')).toEqual([]);
  });

  it('are none where nothing answers the filter', async () => {
    const stage = await filled();
    expect(await stage.waybill('messages', 'drop', '--code', 'WB_NOTHING', '--yes')).toMatchObject({
      code: 0,
      err: 'There is nothing to drop.\n',
    });
  });
});

describe('messages that are dropped', () => {
  it('are gone, and those behind them go on', async () => {
    const stage = await filled();
    expect(await stage.waybill('messages', 'drop', 'a', 'f', '--yes')).toMatchObject({ code: 0 });
    expect(await stage.ids('messages', 'list')).toEqual(['d', 'c', 'b']);
  });
});

describe('messages that are moved', () => {
  it('keep their order and their states, also from an entry that the manifest does not have', async () => {
    const stage = await Stage.make();
    await stage.journal(async (journal) => {
      await journal.outbox.publish(['a', 'b', 'c'].map((id) => legOf(id, { entry: 'old' })));
      await park(journal, 'm-1', { entry: 'old' });
    });
    const result = await stage.json('messages', 'move', '--entry', 'old', '--out', '--to', 'archive', '--yes');
    expect(result).toMatchObject({ did: 'move', planned: 3, changed: 3 });
    expect(await stage.ids('messages', 'list', '--entry', 'archive')).toEqual(['c', 'b', 'a']);
    expect(await stage.ids('messages', 'list', '--entry', 'old')).toEqual(['m-1']);
    expect(await stage.lines('messages', 'records')).toMatchObject([{ did: 'move', entry: 'old', to: 'archive', rows: 3 }]);
  });

  it('can go to the replies of an entry', async () => {
    const stage = await Stage.make();
    await stage.journal(({ outbox }) => outbox.publish([legOf('a', { entry: 'replies:old' })]));
    expect(await stage.waybill('messages', 'move', 'a', '--to', 'replies:orders', '--yes')).toMatchObject({ code: 0 });
    expect(await stage.ids('messages', 'list', '--entry', 'replies:orders')).toEqual(['a']);
  });

  it('are left alone, and told, while somebody works on them', async () => {
    const stage = await Stage.make();
    const journal = await stage.open();
    await journal.outbox.publish([legOf('a'), legOf('b')]);
    await journal.outbox.claim({ entry: 'erp', limit: 1 });
    const { code, out } = await stage.waybill('messages', 'move', 'a', 'b', '--to', 'archive', '--yes');
    expect([code, out]).toEqual([1, expect.stringContaining('1 message moved to out archive.')]);
    expect(out).toContain('1 message left alone');
    expect(await stage.ids('messages', 'list', '--entry', 'erp')).toEqual(['a']);
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
