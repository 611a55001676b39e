import { beforeAll, describe, expect, it } from 'vitest';
import { control, faults } from './broken-transports/faults.ts';
import { answersByTransport, runSuites } from './suite-run.ts';

let answers: ReturnType<typeof answersByTransport>;

/** Everything of the sound transport, and of each other one the questions that have to find its fault. */
function pattern(): string {
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const ofFaults = faults.map(({ name, finds }) => `"${name}".*(${finds.map(escaped).join('|')})$`);
  return [`"${control.name}"`, ...ofFaults].join('|');
}

beforeAll(async () => {
  answers = answersByTransport(await runSuites('broken-transports', pattern()));
}, 600_000);

describe('the transport suite', () => {
  it('finds nothing wrong with a sound transport', () => {
    expect(answers.asked.get(control.name)).toBeGreaterThan(50);
    expect(answers.failed.get(control.name) ?? []).toEqual([]);
  });

  it.each(faults)('finds the fault of a transport that $name', ({ name, finds }) => {
    expect((answers.failed.get(name) ?? []).toSorted()).toEqual(finds.toSorted());
  });
});
