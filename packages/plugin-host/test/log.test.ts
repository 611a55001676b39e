import type { Log } from '@waybill/contract';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLog, harmlessLog, masker } from '../src/log.ts';

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

describe('a log that cannot write', () => {
  const fail = (): never => {
    throw new Error('No space is left.');
  };
  const broken: Log = { debug: fail, info: fail, warn: fail, error: fail, child: () => broken };

  function warnings(): readonly unknown[] {
    const warned: unknown[] = [];
    const emit = vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void warned.push(warning));
    onTestFinished(() => emit.mockRestore());
    return warned;
  }

  it('throws at nobody, and is told of once', () => {
    const warned = warnings();
    const log = harmlessLog(broken);
    for (const each of [log, log.child({ entry: 'notes' })])
      for (const level of ['debug', 'info', 'warn', 'error'] as const) each[level]({}, 'text');
    expect(warned).toMatchObject([{ code: 'WB_LOG_FAILED', message: 'The log failed, and lines are lost: Error: No space is left.' }]);
  });

  it('goes on without the fields of a child that it cannot make', () => {
    const warned = warnings();
    const lines: string[] = [];
    const write = (_: object, text: string): void => void lines.push(text);
    harmlessLog({ debug: write, info: write, warn: write, error: write, child: fail }).child({ entry: 'notes' }).info({}, 'text');
    expect([lines, warned.length]).toEqual([['text'], 1]);
  });
});
