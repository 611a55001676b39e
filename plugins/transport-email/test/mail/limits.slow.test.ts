import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

interface Told {
  readonly outcome: string;
  /** In MB. */
  readonly peak: number;
}

function told(work: string): Told {
  const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('composing-child.ts', import.meta.url)), work], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Told;
}

const whole = createHash('sha256')
  .update(Buffer.alloc(100 * 1024 ** 2, 'Order '))
  .digest('hex');

describe('an attachment of 100 MB', () => {
  let message: Told;

  beforeAll(() => {
    message = told('message');
  });

  it('is refused before anybody reads it, where the entry says nothing', () => {
    const { outcome, peak } = told('refused');
    expect(outcome).toBe('WB_EMAIL_TOO_LARGE');
    expect(peak - message.peak).toBeLessThan(30);
  });

  it('comes out of a mail document as it went in, and takes the memory of three copies at most', () => {
    const { outcome, peak } = told('document');
    expect(outcome).toBe(whole);
    expect(peak - message.peak).toBeLessThan(4 * 140);
  });

  it('is attached as it is, and takes the memory of the mail', () => {
    const { outcome } = told('attached');
    expect(outcome).toBe(whole);
  });
});

describe('a mail document of many millions of values', () => {
  it('is refused before they are made', () => {
    const { outcome, peak } = told('values');
    expect(outcome).toBe('WB_EMAIL_DOCUMENT');
    expect(peak).toBeLessThan(300);
  });
});

describe('a mail to 100,000 recipients', () => {
  it('is composed where the entry allows it', () => {
    const { outcome, peak } = told('recipients');
    expect(outcome).toBe('100000');
    expect(peak).toBeLessThan(600);
  });
});
