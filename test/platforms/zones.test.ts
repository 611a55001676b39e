import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/generate/workspace.ts';
import { run } from '../house/commands.ts';
import { settleIn, takeFirstSteps } from './first-steps.ts';

const waybill = join(root, 'packages', 'cli', 'bin', 'waybill.js');
const samples = join(root, 'plugins', 'pack-fulfillment', 'test', 'samples');

/** Time zones with odd offsets and the hour that a clock skips, and locales whose letters, digits and points are others. */
const surroundings = [
  { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' },
  { TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8' },
  { TZ: 'Africa/Cairo', LC_ALL: 'ar_EG.UTF-8' },
] as const;

/** What the clocks there show at midnight of UTC, in winter. */
const hourOf = { 'Asia/Kathmandu': 5, 'America/St_Johns': 20, 'Africa/Cairo': 2 };

/** Half past two does not exist in St. John's on the day on which summer time begins there. */
const skipped = '2026-03-08T02:30:00.000000';

/** What `waybill decode` says of every sample, and of one with the skipped hour. */
async function decoded(file: string, env: object): Promise<string> {
  const names = readdirSync(samples).map((name) => join(samples, name));
  const all: string[] = [];
  for (const name of [...names, file]) {
    const { stdout, stderr } = await run(process.execPath, [waybill, 'decode', name, '--json'], { env });
    all.push(`${name}\n${stdout}${stderr}`);
  }
  return all.join('\n');
}

describe.each(surroundings)('in $TZ with $LC_ALL', (env) => {
  it('Node knows both', async () => {
    const asking = `console.log(Intl.DateTimeFormat().resolvedOptions().locale, new Date('2026-01-01').getHours())`;
    const { stdout } = await run(process.execPath, ['-e', asking], { env });
    expect(stdout).toBe(`${env.LC_ALL.slice(0, 5).replace('_', '-')} ${hourOf[env.TZ]}\n`);
  });

  it('messages are read as in UTC, to the letter', async () => {
    const file = join(await temporaryFolder(), 'status.xml');
    const text = readFileSync(join(samples, 'Update_WCS_OrderStatus.xml'), 'utf8');
    const changed = text.replace(/(<PlacedDate>)[^<]*/, `$1${skipped}`);
    expect(changed).not.toBe(text);
    await writeFile(file, changed);
    const there = await decoded(file, env);
    expect(there).toBe(await decoded(file, { TZ: 'UTC', LC_ALL: 'C' }));
    expect(there).toContain('2026-03-08T02:30:00');
  });

  it('the first steps are taken', async () => {
    const folder = await settleIn(join(await temporaryFolder(), 'somebody'));
    expect(await takeFirstSteps(folder, { env })).toBe(0);
  });

  it('the order flow is played', async () => {
    const { code, stdout } = await run(process.execPath, [join(root, 'examples', 'order-flow', 'dist', 'main.js'), '--once'], { env });
    expect(stdout).toContain('has reached everybody.');
    expect(code).toBe(0);
  });
});
