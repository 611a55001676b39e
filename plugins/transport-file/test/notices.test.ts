import { recordingLog } from '@waybill/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Notices } from '../src/receiving/notices.ts';

function open() {
  const clock = { now: 0 };
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => clock.now);
  onTestFinished(() => spy.mockRestore());
  const { log, lines } = recordingLog();
  return { clock, notices: new Notices(log), told: () => lines.map(({ text, fields }) => [text, fields['file'], fields['files']]) };
}

it('names a file once, however often it is told of, until it has gone', () => {
  const { clock, notices, told } = open();
  for (const now of [0, 60_000, 120_000]) {
    clock.now = now;
    notices.warn('a.xml', 'late');
    notices.keep(new Set(['a.xml']));
  }
  expect(told()).toEqual([['late', 'a.xml', 1]]);
  notices.keep(new Set());
  notices.warn('a.xml', 'late');
  expect(told()).toEqual([
    ['late', 'a.xml', 1],
    ['late', 'a.xml', 1],
  ]);
});

it('counts those that come at a time, each text for itself, and tells of all in the end', () => {
  const { clock, notices, told } = open();
  const names = Array.from({ length: 1_000 }, (_, number) => `${number}.xml`);
  for (const name of names) notices.warn(name, 'late');
  notices.warn('0.xml', 'open elsewhere');
  clock.now = 9_999;
  notices.keep(new Set(names));
  expect(told()).toEqual([
    ['late', '0.xml', 1],
    ['open elsewhere', '0.xml', 1],
  ]);
  clock.now = 10_000;
  notices.keep(new Set(names));
  expect(told().at(-1)).toEqual(['late', '1.xml', 999]);
});
