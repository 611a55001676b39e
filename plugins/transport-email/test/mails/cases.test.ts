import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { complaintsAbout, type MailCase } from './judge.ts';

const folder = import.meta.dirname;
const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as readonly MailCase[];

describe('the mails that systems and people write', () => {
  it.each(cases.map((one) => [one.id, one] as const))('are read for what they are: %s', (_, one) => {
    expect(complaintsAbout(one, readFileSync(join(folder, one.file)))).toEqual([]);
  });

  it('are all judged', () => {
    expect(cases.map(({ file }) => file).toSorted()).toEqual(
      readdirSync(join(folder, 'mails'))
        .map((name) => `mails/${name}`)
        .toSorted(),
    );
  });

  it('are judged by something that finds what is wrong', () => {
    const [one] = cases;
    const wrong = { ...one, id: 'wrong', kind: 'message', original: {}, recipients: [] } as unknown as MailCase;
    expect(complaintsAbout(wrong, readFileSync(join(folder, one?.file ?? ''))).length).toBeGreaterThan(4);
  });
});
