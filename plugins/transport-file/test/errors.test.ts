import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { errors, fileTrouble } from '../src/errors.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

describe('an error of the operating system', () => {
  it.each([
    ['ENOSPC', 'WB_FILE_NO_SPACE', false],
    ['EDQUOT', 'WB_FILE_NO_SPACE', false],
    ['ENOENT', 'WB_FILE_NO_FOLDER', true],
    ['ESTALE', 'WB_FILE_NO_FOLDER', true],
    ['EACCES', 'WB_FILE_NOT_ALLOWED', false],
    ['EROFS', 'WB_FILE_NOT_ALLOWED', false],
    ['EIO', 'WB_FILE_IO', false],
    ['EMFILE', 'WB_FILE_IO', false],
  ])('%s becomes %s, which may pass, with what to do and the cause', (errno, code, connectionLost) => {
    const cause = failure(errno);
    const error = fileTrouble(cause, 'write order.xml to /out');
    expect(error).toMatchObject({ code, retryable: true, connectionLost, cause, hint: errors[code as keyof typeof errors].remedy });
    expect(error.message).toMatch(/^Cannot write order\.xml to \/out: .+\.$/);
  });
});

describe('the table of errors', () => {
  it('holds exactly the codes that the code uses', async () => {
    const source = new URL('../src/', import.meta.url);
    const used = new Set<string>();
    for (const name of await readdir(source)) {
      const text = await readFile(new URL(name, source), 'utf8');
      for (const [code] of text.replace(/defineErrors\(\{[\s\S]*?\n\}\);/, '').matchAll(/WB_[A-Z_]+/g)) used.add(code);
    }
    expect([...used].toSorted()).toEqual(Object.keys(errors).toSorted());
  });
});
