import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkManifest } from '../src/check.ts';
import { readManifest } from '../src/read/manifest.ts';
import { environment, good, type Verdict, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const pieces = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '\t',
  '#',
  '- ',
  '&a ',
  '*a',
  '!!x ',
  '<<: ',
  '${',
  '${env:',
  '$${',
  '\\',
  '\u0000',
  '/*',
  '//',
  'null',
  '1e999',
  '-0',
  '__proto__',
  '"": ',
];
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(good.length),
  remove: fc.nat(12),
  insert: fc.oneof(fc.constant(''), fc.constantFrom(...pieces), fc.string({ maxLength: 5 })),
});

function apply(text: string, edits: readonly Edit[]): string {
  return edits.reduce((edited, { at, remove, insert }) => edited.slice(0, at) + insert + edited.slice(at + remove), text);
}

/** A manifest or problems, each with code, sentence and a place inside the text. */
function expectSense(text: string, { problems, manifest }: Verdict): void {
  expect(manifest === undefined).toBe(problems.length > 0);
  const lines = text.split(/\r\n|\n|\r/);
  for (const { code, message, line = 1, column = 1 } of problems) {
    expect(code).toMatch(/^WB_[A-Z_]+$/);
    expect(message).toMatch(/\S.*\.$/s);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
  }
  expect(JSON.stringify(problems)).not.toContain(environment['WIRE_PASSWORD']);
}

describe('whatever somebody does to a manifest', () => {
  it.each(['waybill.jsonc', 'waybill.yaml'])('its check answers with sense and runs no plugin: %s', (name) => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const text = apply(good, edits);
        expectSense(text, workshop.check(text, name));
      }),
      { numRuns: 300 },
    );
    expect(workshop.ran()).toEqual([]);
  });

  it('its check answers with sense when any value stands anywhere', () => {
    const manifest = JSON.parse(good) as Record<string, unknown>;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(manifest)), fc.object({ maxDepth: 3 }), (key, value) => {
        const verdict = checkManifest(readManifest({ ...manifest, [key]: value }, { folder: workshop.folder }), { env: environment });
        expectSense('', 'problems' in verdict ? verdict : { problems: [], manifest: verdict.manifest });
      }),
      { numRuns: 200 },
    );
    expect(workshop.ran()).toEqual([]);
  });
});
