import { ManifestError, type Problem } from '@waybill/manifest';
import { UsageError } from './errors.ts';

/** What the program tells the shell. `128 + n` is added by the second signal number `n`, which ends `run` without draining. */
export const exitCode = {
  /** Everything was done, nothing is wrong. */
  done: 0,
  /** It was tried and did not succeed: the manifest has problems, a connection does not answer, a message cannot be read. */
  failed: 1,
  /** The command line makes no sense: an unknown command, option, plugin or message, a missing argument, a file that is not there. */
  usage: 2,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Of a manifest with problems. One that is not there, or is no text, was named wrongly, whichever command was to use it. */
export function codeOfProblems(problems: readonly Problem[]): ExitCode {
  return problems.some(({ code }) => code === 'WB_MANIFEST_UNREADABLE') ? exitCode.usage : exitCode.failed;
}

/** Of a command that threw. */
export function codeOfError(error: unknown): ExitCode {
  if (error instanceof ManifestError) return codeOfProblems(error.problems);
  return error instanceof UsageError ? exitCode.usage : exitCode.failed;
}
