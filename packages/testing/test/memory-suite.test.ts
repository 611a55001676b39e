import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryTransport } from '../src/memory/transport/transport.ts';
import { makeFolder, removeFolder } from '../src/tools/temporary-folder.ts';
import { Answers } from '../src/transport/asking/answers.ts';
import type { SuiteReport } from '../src/transport/asking/report.ts';
import { transportSuite } from '../src/transport/suite.ts';
import { harnessFor } from './memory-harness.ts';

const memory = memoryTransport();
const folder = await makeFolder();
const report = join(folder, 'reports', 'suite.json');
afterAll(() => removeFolder(folder));
transportSuite(memory.transport, harnessFor(memory), { report });

describe('the report of a suite', () => {
  const read = async () => JSON.parse(await readFile(report, 'utf8')) as SuiteReport;

  it('says which level was reached, with every question and the versions', async () => {
    const { level, asked, counts, plugin, versions } = await read();
    expect([level, plugin, versions.node]).toEqual(['troubles', { kind: 'transport', name: 'memory' }, process.versions.node]);
    expect(Object.keys(versions)).toEqual(['contract', 'contractNumber', 'suite', 'node']);
    expect(asked.every(({ outcome }) => outcome === 'passed')).toBe(true);
    expect([counts.basic.passed, counts.guarantees.passed, counts.troubles.passed].every((count) => count > 5)).toBe(true);
    expect(counts.crash).toMatchObject({ passed: 0, failed: 0 });
  });

  it('says what was not asked, at which level, and why', async () => {
    const { notAsked } = await read();
    const because = (end: string) => notAsked.filter(({ question }) => question.endsWith(end)).map((one) => [one.level, one.because]);
    expect(because('a process that dies: with a message in hand leaves the order as it was')).toEqual([
      ['crash', 'the harness does not give `module`'],
    ]);
    expect(because('deduplicates: sends an id once that is sent twice at the same time')).toEqual([
      ['guarantees', 'the transport does not declare deduplicates'],
    ]);
  });
});

describe('the level that was reached', () => {
  const answer = async (answers: Answers, level: 'basic' | 'guarantees' | 'troubles', passes = true) => {
    const noted = answers.expect({ question: 'Is it right?', level });
    await noted
      .answeredBy(() => {
        if (!passes) throw new Error('It is not.');
      })
      .catch(() => undefined);
  };

  it('is the last one of which something was asked and everything passed, as of those before it', async () => {
    const answers = new Answers();
    expect(answers.reached).toBeUndefined();
    await answer(answers, 'basic');
    await answer(answers, 'troubles');
    expect(answers.reached).toBe('basic');
    await answer(answers, 'guarantees');
    expect(answers.reached).toBe('troubles');
    await answer(answers, 'guarantees', false);
    expect(answers.reached).toBe('basic');
    answers.expect({ question: 'Was it asked?', level: 'basic' });
    expect(answers.reached).toBeUndefined();
  });
});
