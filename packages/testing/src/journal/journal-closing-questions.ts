import { describe, expect, it } from 'vitest';
import type { Ask } from '../journal-suite.ts';
import { finishedOf, key } from './journal-fixtures.ts';

export function askAboutClosing(ask: Ask): void {
  describe('a journal that is closed', () => {
    it(
      'completes what was called before',
      ask(async (journal) => {
        const calls = Array.from({ length: 20 }, (_, index) => journal.finish(finishedOf(`m-${index}`)));
        await journal.close();
        expect((await Promise.all(calls)).every(Boolean)).toBe(true);
      }),
    );
    it(
      'rejects what is called afterwards, for good',
      ask(async (journal) => {
        await journal.close();
        await expect(journal.finish(finishedOf('m-1'))).rejects.toMatchObject({ retryable: false });
        await expect(journal.find(key('m-1'))).rejects.toMatchObject({ retryable: false });
      }),
    );
    it(
      'can be closed again',
      ask(async (journal) => {
        await journal.close();
        await expect(journal.close()).resolves.toBeUndefined();
      }),
    );
  });
}
