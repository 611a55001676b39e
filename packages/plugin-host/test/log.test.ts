import { describe, expect, it } from 'vitest';
import { createLog, masker } from '../src/log.ts';

describe('the log', () => {
  it('is JSON, a line an event, with the fields first', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', write: (line) => lines.push(line) });
    log.child({ entry: 'notes' }).info({ messageId: 'a' }, 'done');
    log.debug({}, 'too fine');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        level: 'info',
        time: expect.stringMatching(/^20\d\d-.*Z$/) as string,
        entry: 'notes',
        messageId: 'a',
        text: 'done',
      }),
    ]);
  });

  it('never shows a secret, whatever field it is in', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', secrets: ['s3cr"et'], write: (line) => lines.push(line) });
    log.info({ cause: { error: 'login with s3cr"et failed' } }, 's3cr"et');
    expect(lines.join('')).not.toContain('s3cr');
    expect(lines.join('')).toContain('***');
  });

  it('masks the longest secret first', () => {
    expect(masker(['abc', 'abcdef', ''])('abcdef abc')).toBe('*** ***');
  });
});
