import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveSettings } from '@waybill/contract/host';
import { recordingLog, temporaryFolder } from '@waybill/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Arrivals } from '../src/receiving/arrivals.ts';
import { Notices } from '../src/receiving/notices.ts';
import { type Source, source } from '../src/settings.ts';

/** On a folder, with all settings as they come and a clock of the test. */
async function openArrivals() {
  const folder = await temporaryFolder();
  const clock = { now: 0 };
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => clock.now);
  onTestFinished(() => spy.mockRestore());
  const { log, lines } = recordingLog();
  const settings = resolveSettings(source, {}, { folder }) as Source;
  const options = { folder, source: settings, matches: () => true, inOrder: false, strictly: false, notices: new Notices(log) };
  const arrivals = new Arrivals(options);
  const nextAt = (now: number) => {
    clock.now = now;
    return arrivals.next(() => true);
  };
  return { at: (name: string) => join(folder, name), nextAt, lines };
}

it('a file is taken two seconds after it was last seen to change, also by its size alone', async () => {
  const { at, nextAt } = await openArrivals();
  await writeFile(at('a.xml'), 'a');
  expect(await nextAt(0)).toBeUndefined();
  await appendFile(at('a.xml'), 'b');
  expect(await nextAt(1_999)).toBeUndefined();
  expect(await nextAt(3_998)).toBeUndefined();
  expect(await nextAt(3_999)).toBe('a.xml');
});

it('an empty file is taken after twenty seconds', async () => {
  const { at, nextAt } = await openArrivals();
  await writeFile(at('a.xml'), '');
  expect(await nextAt(0)).toBeUndefined();
  expect(await nextAt(19_999)).toBeUndefined();
  expect(await nextAt(20_000)).toBe('a.xml');
});

it('a file that goes on changing for two minutes is told of once, and one that waits for its turn is not', async () => {
  const { at, nextAt, lines } = await openArrivals();
  await writeFile(at('a.xml'), 'a');
  await writeFile(at('b.xml'), 'b');
  for (let now = 0; now <= 120_000; now += 1_000) {
    await appendFile(at('a.xml'), 'a');
    expect(await nextAt(now)).toBe(now < 2_000 ? undefined : 'b.xml');
  }
  expect(lines).toEqual([]);
  for (const now of [121_000, 141_000]) {
    await appendFile(at('a.xml'), 'a');
    await nextAt(now);
  }
  expect(lines).toMatchObject([{ level: 'warn', fields: { file: 'a.xml' }, text: expect.stringContaining('goes on changing') as string }]);
});
