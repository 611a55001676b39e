import { recordingLog } from '@waybill/testing';
import { expect, it } from 'vitest';
import { hasWalFault, warnOfWalFault } from '../src/index.ts';
import { warnsOfExperiment } from '../src/sqlite-version.ts';

it.each([
  ['3.47.2', true],
  ['3.51.2', true],
  ['3.50.6', true],
  ['3.44.6', false],
  ['3.50.7', false],
  ['3.51.3', false],
  ['3.53.1', false],
  ['4.0.0', false],
])('SQLite %s may damage a shared file: %s', (version, may) => {
  expect(hasWalFault(version)).toBe(may);
});

it.each([
  ['22.22.3', true],
  ['24.14.1', true],
  ['24.15.0', false],
  ['26.1.0', false],
])('Node %s warns in each thread that loads its SQLite: %s', (version, warns) => {
  expect(warnsOfExperiment(version)).toBe(warns);
});

it('an outdated SQLite is told once, with what to do', () => {
  const { log, lines } = recordingLog();
  warnOfWalFault(log, '3.53.1');
  warnOfWalFault(log, '3.49.1');
  warnOfWalFault(log, '3.49.1');
  expect(lines.map(({ level, fields }) => [level, fields['code'], fields['sqlite']])).toEqual([['warn', 'WB_SQLITE_OUTDATED', '3.49.1']]);
});
