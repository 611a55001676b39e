import { existsSync, watch } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually, settled, stays } from '../src/tools/eventually.ts';
import { recordingLog } from '../src/tools/log.ts';
import { expectNoNewHandles, openHandles } from '../src/tools/open-handles.ts';
import { temporaryFolder } from '../src/tools/temporary-folder.ts';

describe('waiting', () => {
  it('answers with what was waited for', async () => {
    let asked = 0;
    expect(await eventually(() => (++asked === 3 ? 'here' : undefined), { what: 'the third time' })).toBe('here');
  });

  it('fails with what was waited for, and the last error as the cause', async () => {
    const check = (): never => {
      throw new Error('not yet');
    };
    await expect(eventually(check, { what: 'a miracle', within: 20 })).rejects.toMatchObject({
      message: 'timed out waiting for a miracle',
      cause: expect.objectContaining({ message: 'not yet' }) as Error,
    });
  });

  it('ends with a promise, or when that takes too long', async () => {
    expect(await settled(Promise.resolve(1), { what: 'one' })).toBe(1);
    await expect(settled(Promise.withResolvers().promise, { what: 'nothing', within: 20 })).rejects.toThrow(
      'timed out waiting for nothing',
    );
  });

  it('sees that something does not stay as it is', async () => {
    const until = performance.now() + 30;
    await expect(stays(() => performance.now() < until, { what: 'early' })).rejects.toThrow('expected all the time: early');
    await stays(() => true, { what: 'true', within: 10 });
  });
});

describe('a temporary folder', () => {
  let made = '';

  it('is there for the test', async () => {
    made = await temporaryFolder();
    await writeFile(join(made, 'file'), '');
    expect(existsSync(join(made, 'file'))).toBe(true);
  });

  it('is gone after the test, with everything in it', () => {
    expect(made).not.toBe('');
    expect(existsSync(made)).toBe(false);
  });
});

describe('the check for what was left open', () => {
  it('names what is still open, and is content when it is closed', async () => {
    const before = openHandles();
    const watcher = watch(await temporaryFolder());
    await expect(expectNoNewHandles(before, 20)).rejects.toThrow('left open: FSEventWrap');
    watcher.close();
    await expectNoNewHandles(before);
  });
});

describe('a recording log', () => {
  it('keeps the lines of its children with all fields', () => {
    const { log, lines } = recordingLog();
    log.child({ entry: 'orders' }).warn({ id: '1' }, 'It waits.');
    expect(lines).toEqual([{ level: 'warn', fields: { entry: 'orders', id: '1' }, text: 'It waits.' }]);
  });
});
