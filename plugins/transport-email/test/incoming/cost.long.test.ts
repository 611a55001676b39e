import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { everythingOf } from './everything.ts';
import { hostile } from './hostile.ts';
import { wire } from './mail.ts';

/** How many blocks of code are entered for each of some mails. Counted, not timed: the machine may be busy. */
async function stepsFor(mails: readonly Uint8Array[]): Promise<readonly number[]> {
  const thread = new Worker(new URL('./cost-thread.ts', import.meta.url), { workerData: mails });
  const [counts] = (await once(thread, 'message')) as [readonly number[]];
  await thread.terminate();
  return counts;
}

describe('the work that a hostile mail makes', () => {
  it('grows with its length and no faster', async () => {
    const names = Object.keys(hostile);
    const mails = Object.values(hostile).flatMap((make) => [wire(make(1_000)), wire(make(8_000))]);
    const counts = await stepsFor(mails);
    const faster = names.filter((_, at) => (counts[2 * at + 1] ?? 0) > (counts[2 * at] ?? 0) * 10);
    const dearest = Math.max(...mails.map((mail, at) => (counts[at] ?? 0) / mail.length));
    expect(faster).toEqual([]);
    expect(Math.min(...counts)).toBeGreaterThan(100);
    expect(dearest).toBeLessThan(100);
  });

  it.each(Object.keys(hostile))('ends, and nothing overflows: %s', (name) => {
    const { mail, documents } = everythingOf(wire(hostile[name]?.(200_000) ?? ''));
    expect(mail.raw.length).toBeGreaterThan(100_000);
    expect(documents.length).toBeGreaterThan(0);
  });
});

describe('a mail of a hundred megabytes', () => {
  it('costs the bytes of its document beside its own', () => {
    const head = wire('Content-Type: application/xml\nContent-Transfer-Encoding: base64\n\n');
    const mail = Buffer.alloc(100_000_000, `${'QUJD'.repeat(19)}\r\n`);
    head.copy(mail);
    mail.fill('QUJD\r\n', head.length, head.length + 60);
    const before = process.memoryUsage();
    const { documents } = everythingOf(mail.subarray(0, 49_000_000));
    const after = process.memoryUsage();
    expect(documents[0]?.body.length).toBeGreaterThan(34_000_000);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(150_000_000);
    expect(everythingOf(mail).documents[0]?.defect?.code).toBe('WB_EMAIL_MAIL_TOO_LARGE');
  });
});
