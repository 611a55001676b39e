import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { errors, failureOf } from '../src/errors.ts';

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
    const error = failureOf(cause, 'write order.xml to /out');
    expect(error).toMatchObject({
      code,
      retryable: true,
      outcome: 'not-sent',
      connectionLost,
      cause,
      hint: errors[code as keyof typeof errors].remedy,
    });
    expect(error.message).toMatch(/^Cannot write order\.xml to \/out: .+\.$/);
  });
});

describe('an error after a file was visible', () => {
  it.each(['ENOENT', 'ENOSPC', 'EIO'])('leaves open what became of the message: %s', (errno) => {
    expect(failureOf(failure(errno), 'write order.xml to /out', 'unknown')).toMatchObject({
      retryable: true,
      outcome: 'unknown',
      connectionLost: false,
    });
  });
});

describe('the table of errors', () => {
  it('holds exactly the codes that the code uses', async () => {
    const source = new URL('../src/', import.meta.url);
    const used = new Set<string>();
    for (const name of await readdir(source, { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      const text = await readFile(new URL(name, source), 'utf8');
      for (const [code] of text.replace(/defineErrors\([\s\S]*?\n\);/, '').matchAll(/WB_[A-Z_]+/g)) used.add(code);
    }
    expect([...used].toSorted()).toEqual(Object.keys(errors).toSorted());
  });
});
