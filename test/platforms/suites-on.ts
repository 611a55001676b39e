import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { program, run } from '../house/commands.ts';
import { binaryOf } from './nodes.ts';
import { vitestOutcome } from './vitest-outcome.ts';

const suites = ['transport-file', 'transport-http', 'transport-queue', 'journal-sqlite'].map((plugin) => `plugins/${plugin}/test/suite`);

/** The suites of transports and journal on another version of Node. They mostly wait, so each version has a file, and both run at the same time. */
export function passesSuitesOn(version: string): void {
  describe(`Node ${version}`, () => {
    it('passes the suites of the transports and of the journal', async () => {
      const node = await binaryOf(version);
      if (!node) return;
      const report = join(await temporaryFolder(), 'report.json');
      const projects = ['--project', 'packages', '--project', 'slow'];
      const reporting = ['--reporter=json', `--outputFile.json=${report}`];
      await run(node, [program('vitest'), 'run', ...projects, ...reporting, ...suites]);
      const { passed, failed, files } = await vitestOutcome(report);
      expect(failed).toEqual([]);
      expect(files).toEqual(expect.arrayContaining(suites.map((suite) => expect.stringContaining(suite) as string)));
      expect(passed).toBeGreaterThan(400);
    }, 900_000);
  });
}
