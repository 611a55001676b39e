import { describe, expect, it } from 'vitest';
import { hardnessOf } from '../../src/reports/parts/hardness.ts';

const judged = (diagnostic?: string, status?: string, words?: string) => {
  const { kind, status: decided } = hardnessOf({ diagnostic, status, words });
  return `${kind.slice(7)} ${decided ?? '-'}`;
};

describe('whether an address is no good', () => {
  it.each([
    ['550 5.1.1 <a@x>: User unknown', '5.1.1', 'hard 5.1.1'],
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound', '5.1.10', 'hard 5.1.10'],
    ['550 5.1.2 no such domain', '5.1.2', 'hard 5.1.2'],
    ['550 5.4.4 Host not found', '5.4.4', 'hard 5.4.4'],
    ['550 5.2.1 The email account that you tried to reach is inactive.', '5.2.1', 'hard 5.2.1'],
    ['525 5.7.13 User Account Disabled', '5.7.13', 'hard 5.7.13'],
    ['550 No such user here', '5.0.0', 'hard 5.0.0'],
    ['550 Requested action not taken: mailbox unavailable', undefined, 'hard 550'],
    ['550 #5.1.0 Address rejected.', '5.0.0', 'hard 5.1.0'],
    ["554 delivery error: dd This user doesn't have a yahoo.com account (a@x)", '5.0.0', 'hard 5.0.0'],
    ['556 the domain takes no mail', '5.0.0', 'hard 5.0.0'],
    [undefined, '5.1.1', 'hard 5.1.1'],
    ['X-Notes; User a not listed in Domino Directory', '5.0.0', 'hard 5.0.0'],
  ])('hard: %s, %s', (diagnostic, status, verdict) => {
    expect(judged(diagnostic, status)).toBe(verdict);
  });

  it.each([
    ['451 4.7.1 greylisted: retry timeout exceeded', '5.0.0', 'soft 4.7.1'],
    ['452 4.2.2 Over quota', '4.4.7', 'soft 4.2.2'],
    ['450 4.1.1 <a@x>: Recipient address rejected: User unknown', '5.0.0', 'soft 4.1.1'],
    ['450 5.1.1 user unknown', '5.0.0', 'soft 5.1.1'],
    ['552 5.2.2 mailbox full', '5.2.2', 'soft 5.2.2'],
    ['552 user unknown or over quota', '5.0.0', 'soft 5.0.0'],
    ['550 5.7.1 Message rejected by policy: user unknown', '5.7.1', 'soft 5.7.1'],
    ['550 5.7.26 unauthenticated', '5.7.26', 'soft 5.7.26'],
    ['553 5.1.8 sender domain does not exist', '5.1.8', 'soft 5.1.8'],
    ['554 5.4.6 loop', '5.4.6', 'soft 5.4.6'],
    ['552 5.3.4 too large', '5.3.4', 'soft 5.3.4'],
    ['501 5.5.4 syntax', '5.5.4', 'soft 5.5.4'],
    ['550 5.6.7 needs SMTPUTF8', '5.6.7', 'soft 5.6.7'],
    ['550 no', '5.0.0', 'soft 5.0.0'],
    ['550 mailbox unavailable: your message was blocked as spam', '5.0.0', 'soft 5.0.0'],
    ['550 relaying denied: no such user', '5.0.0', 'soft 5.0.0'],
    ['The recipient server did not accept our requests to connect. [198.51.100.7 5.1.1.1: timed out]', '4.4.1', 'soft 4.4.1'],
    [undefined, '5.0.0', 'soft 5.0.0'],
    [undefined, undefined, 'soft -'],
    ['', '4.4.7', 'soft 4.4.7'],
  ])('soft: %s, %s', (diagnostic, status, verdict) => {
    expect(judged(diagnostic, status)).toBe(verdict);
  });

  it('is not seen in the names of addresses and in numbers that are no codes', () => {
    expect(judged('550 <spam-policy@full.example>: User unknown', '5.0.0')).toBe('hard 5.0.0');
    expect(judged('host x[5.1.1.25] port 550', '5.0.0')).toBe('soft 5.0.0');
    expect(judged('Exim 5.96.1 gave up', '4.4.7')).toBe('soft 4.4.7');
  });

  it('is decided by the words beside it where nothing else tells, codes in them included', () => {
    expect(judged(undefined, '5.0.0', 'host x\n550 5.1.1 no')).toBe('hard 5.1.1');
    expect(judged(undefined, '5.0.0', 'retry timeout exceeded')).toBe('soft 5.0.0');
    expect(judged(undefined, '5.2.2', '550 5.1.1 of another')).toBe('soft 5.2.2');
  });

  it('is another question than whether we are blamed', () => {
    const blamed = (diagnostic: string) => hardnessOf({ diagnostic, status: undefined, words: undefined }).blamesSender;
    expect(['550 5.7.26 unauthenticated', '550 5.7.515 no', '553 5.1.8 bad sender', '550 SPF check failed'].map(blamed)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['550 5.1.1 unknown', '552 5.2.2 full'].map(blamed)).toEqual([false, false]);
  });
});
