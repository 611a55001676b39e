import { recordingLog } from '@waybill/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { notFound } from '../src/answering/problem.ts';
import { RefusalLog } from '../src/answering/refusal-log.ts';

it('counts each refusal once that has no line of its own, and begins anew each second', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { log, lines } = recordingLog();
  const refusals = new RefusalLog(log);
  for (const number of [25, 13, 10]) {
    for (let count = 0; count < number; count++) refusals.tell(notFound, '127.0.0.1');
    vi.advanceTimersByTime(1_000);
  }
  refusals.flush();
  const counts = lines.map(({ fields }) => fields['count']).filter((count) => count !== undefined);
  expect([counts, lines.length - counts.length, vi.getTimerCount()]).toEqual([[15, 3], 30, 0]);
});
