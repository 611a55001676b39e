import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/system.ts';

const room = mkdtempSync(join(tmpdir(), 'waybill-folder-'));
afterAll(() => rmSync(room, { recursive: true }));

describe('making a folder', () => {
  it('makes those above it, too', () => {
    makeFolder(join(room, 'a', 'b', 'c'));
    expect(existsSync(join(room, 'a', 'b', 'c'))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('gives all of them the same rights', () => {
    makeFolder(join(room, 'd', 'e'), { mode: 0o700 });
    expect(['d', 'd/e'].map((name) => statSync(join(room, name)).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  it('does nothing where it is there', () => {
    makeFolder(room);
    expect(existsSync(room)).toBe(true);
  });

  it.each(['file', 'file/below', 'file/far/below'])('fails where a file is in the way: %s', (name) => {
    writeFileSync(join(room, 'file'), '');
    expect(() => makeFolder(join(room, name))).toThrow(/EEXIST|ENOTDIR|ENOENT/);
  });

  it.runIf(existsSync('/proc/self'))('fails where nothing can be made, at once', () => {
    expect(() => makeFolder('/proc/nope/deeper')).toThrow(/ENOENT/);
  });
});
