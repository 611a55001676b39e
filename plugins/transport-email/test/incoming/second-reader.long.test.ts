import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasVehicle } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { type Mark, type Part, partsOf } from '../../src/incoming/mail-tree.ts';
import { readMail } from '../../src/incoming/read-mail.ts';
import { damaged, randomFrom } from '../reports/mutating.ts';

const hasPython = hasVehicle(
  'python3, whose email package is the second reader',
  () => spawnSync('python3', ['-c', 'import email']).status === 0,
  'nobody else has read the damaged mails that ours calls whole',
);

const folder = join(import.meta.dirname, '../mails/mails');
const mails = readdirSync(folder).map((name) => readFileSync(join(folder, name)));

const leavesOf = (part: Part): readonly Part[] =>
  part.mail ? leavesOf(part.mail) : part.parts.length > 0 ? part.parts.flatMap(leavesOf) : [part];
const marksOf = (part: Part): readonly Mark[] => partsOf(part).flatMap(({ marks, mail }) => [...marks, ...(mail ? marksOf(mail) : [])]);

// oxlint-disable-next-line no-control-regex -- these are the characters that are meant
const odd = /\r(?!\n)|[^\r]\n|[\u0000-\u0008\u000b\u000c\u000e-\u001f]|[ \t](:|\r\n)|^content-type: *[^\s;]*\(/im;

/**
 * What both have to read alike: a mail that we call whole, without what readers are known to differ about: line ends and control characters, types
 * that are none or hold comments, parts of reports, which Python opens, and blanks at the end of a line of quoted-printable, which it keeps although
 * RFC 2045 (6.7, rule 3) says that they were added on the way.
 */
function isPlain(bytes: Buffer, mail: Part): boolean {
  const text = bytes.toString('latin1');
  if (odd.test(text) || marksOf(mail).length > 0) return false;
  return leavesOf(mail).every(({ type }) => /^(text|application|image)\/[a-z0-9.+-]+$/.test(type) && type !== 'application/octet-stream');
}

describe.runIf(hasPython)('what Python reads in damaged mails', () => {
  it('is what is read here, where nothing is marked', () => {
    const random = randomFrom(5);
    const all = Array.from({ length: 10_000 }, (_, at) => mails[at] ?? damaged(mails[at % mails.length] ?? Buffer.alloc(0), random));
    const compared = all.map((bytes) => ({ bytes, mail: readMail(bytes) })).filter(({ bytes, mail }) => isPlain(bytes, mail));
    const input = compared.map(({ bytes }) => bytes.toString('base64')).join('\n');
    const { stdout, stderr } = spawnSync('python3', [join(import.meta.dirname, 'second-reader.py')], {
      input,
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    const told = stdout.trim().split('\n');
    const different = compared.flatMap(({ bytes, mail }, at) => {
      const ours = JSON.stringify(leavesOf(mail).map((leaf) => [leaf.type, createHash('sha256').update(leaf.bytes).digest('hex')]));
      return told[at]?.replaceAll(' ', '') === ours ? [] : [{ ours, python: told[at], mail: bytes.toString('latin1') }];
    });
    console.log(`mails that Python read alike: ${compared.length - different.length} of ${compared.length}`);
    expect(stderr).toBe('');
    expect(compared.length).toBeGreaterThan(2_000);
    expect(different.slice(0, 3)).toEqual([]);
  });
});
