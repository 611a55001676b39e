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
