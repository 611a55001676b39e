import { readFile } from 'node:fs/promises';

interface Report {
  readonly numPassedTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

export interface Outcome {
  readonly passed: number;
  /** What failed, and why. */
  readonly failed: readonly string[];
  /** The test files that ran. */
  readonly files: readonly string[];
}

/** What a run of vitest has written with its reporter `json`. Throws when it has written nothing. */
export async function vitestOutcome(report: string): Promise<Outcome> {
  const { numPassedTests: passed, success, testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
  const failed = testResults.flatMap(({ name, status, message, assertionResults }) => [
    ...(status === 'failed' && message ? [`${name}: ${message}`] : []),
    ...assertionResults.filter((each) => each.status === 'failed').map((each) => `${each.fullName}: ${each.failureMessages?.join('\n')}`),
  ]);
  if (!success && failed.length === 0) failed.push('vitest has failed without saying why');
  return { passed, failed, files: testResults.map(({ name }) => name) };
}
