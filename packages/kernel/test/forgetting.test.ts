import type { Journal } from '@waybill/contract';
import { eventually, MemoryJournalFile, recordingLog, testClock } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startForgetting } from '../src/desk/forgetting.ts';
import { setUp } from './support/kernel.ts';
import { note } from './support/notes.ts';

const hour = 3_600_000;

describe('a kernel that forgets', () => {
  it('knows what was done within the time of its manifest, and nothing older', async () => {
    const clock = testClock();
    const { kernel, memory, outcomes, written, desk } = setUp({
      keep: '2h',
      journal: new MemoryJournalFile({ clock }),
      options: { clock },
    });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('done');
    await clock.advance(hour);
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('duplicate');
    await clock.advance(hour + 30_000);
    await eventually(async () => (await desk.list({})).rows.length === 0, { what: 'the message to be forgotten' });
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('done', 2);
    expect(written).toEqual(['one', 'one']);
  });
});

describe('forgetting', () => {
  /** With a journal that answers each portion so; the last answer is given from then on. */
  function forgetting(...answers: readonly (boolean | 'fails')[]) {
    const clock = testClock();
    const { log, lines } = recordingLog();
    const asked: number[] = [];
    const forget = async (keep: number) => {
      asked.push(keep);
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      if (answer === 'fails') throw new Error('The disk is full.');
      return { rows: 10, more: answer === true };
    };
    const stop = startForgetting({ journal: { desk: { forget } } as unknown as Journal, keep: 5, clock, log });
    onTestFinished(stop);
    return { clock, asked, lines, stop };
  }

  it('goes on soon while there is more, and rests then', async () => {
    const { clock, asked } = forgetting(true, true, false);
    await clock.advance(100);
    expect(asked).toEqual([5, 5, 5]);
    await clock.advance(9_999);
    expect(asked).toHaveLength(3);
    await clock.advance(1);
    expect(asked).toHaveLength(4);
  });

  it('is asked of the journal again when that could not', async () => {
    const { clock, asked, lines } = forgetting('fails', false);
    await clock.advance(10_000);
    expect(asked).toHaveLength(2);
    expect(lines).toMatchObject([{ level: 'warn' }, { level: 'debug' }]);
  });

  it('has ended when it is stopped', async () => {
    const { clock, asked, stop } = forgetting(true);
    await clock.advance(50);
    await stop();
    const before = asked.length;
    await clock.advance(60_000);
    expect([asked.length, clock.sleeping]).toEqual([before, 0]);
  });
});
