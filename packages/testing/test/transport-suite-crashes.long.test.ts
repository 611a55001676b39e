import { beforeAll, describe, expect, it } from 'vitest';
import { dyingFaults, soundDying } from './broken-transports/dying/faults.ts';
import { answersByTransport, runSuites } from './suite-run.ts';

/** What each transport was asked, and what it did not answer well, by its name. */
let answers: ReturnType<typeof answersByTransport>;

/** Everything of the sound ones; of the broken ones everything, too, but of the crash level only the question that has to find the fault. */
function pattern(): string {
  const ofFaults = dyingFaults.flatMap(({ name, finds: [find = ''] }) => [`"${name}"(?!.*a process that dies)`, `"${name}".*${find}$`]);
  return [...soundDying.map(({ name }) => `"${name}"`), ...ofFaults].join('|');
}

beforeAll(async () => {
  answers = answersByTransport(await runSuites('broken-transports/dying', pattern()));
}, 600_000);

describe('the crash level of the transport suite', () => {
  it.each(soundDying)('finds nothing wrong with $name', ({ name }) => {
    expect(answers.asked.get(name)).toBeGreaterThan(35);
    expect(answers.failed.get(name) ?? []).toEqual([]);
  });

  it.each(dyingFaults)('finds the fault of a transport that $name, and no other', ({ name, finds }) => {
    expect(answers.failed.get(name) ?? []).toEqual(finds);
  });
});
