import { describe, expect, it } from 'vitest';
import { filled, legOf, park, parked, retry, Stage } from './stage.ts';

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
    ['the entry of the filter does not exist', ['drop', '--entry', 'oders'], 2, 'WB_CLI_UNKNOWN_ENTRY', 'Did you mean orders?'],
    ['what is to be replayed is of no entry', ['replay', '--entry', 'oders'], 2, 'WB_CLI_UNKNOWN_ENTRY', 'Did you mean orders?'],
    ['what is to be listed is of no entry', ['list', '--entry', 'oders'], 2, 'WB_CLI_UNKNOWN_ENTRY', 'Did you mean orders?'],
    ['the entry is of the other direction', ['move', 'a', '--to', 'archive'], 1, 'WB_CLI_WRONG_STATE', 'out archive'],
    ['they are there already', ['move', 'a', '--to', 'orders'], 1, 'WB_CLI_WRONG_STATE', 'a is parked'],
    ['what is done is edited', ['edit', 'd', '--body', 'x'], 1, 'WB_CLI_WRONG_STATE', 'd is done'],
    ['the new body is not there', ['edit', 'a', '--body', 'no-such-file'], 2, 'WB_CLI_NO_FILE', 'no-such-file'],
  ])('stay as they are when %s', async (_what, args, expected, code, why) => {
    const stage = await filled();
    const ended = await stage.waybill('messages', ...args, ...(args[0] === 'list' ? [] : ['--yes']));
    expect([ended.code, ended.out, ended.err.split(' ')[0]]).toEqual([expected, '', code]);
    expect(ended.err).toContain(why);
    expect(await parked(stage)).toEqual(['f', 'c', 'b', 'a']);
    expect(await stage.lines('messages', 'records')).toEqual([]);
  });

  it('stay as they are when their transport still has them in hand', async () => {
    const stage = await Stage.make();
    await stage.journal((journal) => retry(journal, 'a'));
    const ended = await stage.waybill('messages', 'move', 'a', '--to', 'returns', '--yes');
    expect([ended.code, ended.err.split(' ')[0]]).toEqual([1, 'WB_CLI_WRONG_STATE']);
    expect(await stage.waybill('messages', 'move', '--entry', 'orders', '--to', 'returns', '--yes')).toMatchObject({
      code: 0,
      err: 'Nothing matches, so there is nothing to move.\n',
    });
    expect(await stage.ids('messages', 'list', '--entry', 'orders')).toEqual(['a']);
  });

  it('are none where nothing answers the filter', async () => {
    const stage = await filled();
    expect(await stage.waybill('messages', 'drop', '--code', 'WB_NOTHING', '--yes')).toMatchObject({
      code: 0,
      err: 'Nothing matches, so there is nothing to drop.\n',
    });
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
