import { hostname, userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import type { By } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { Terminal } from '../terminal.ts';

/** Who does something, and whether it is done without asking. */
export interface ActOptions {
  readonly yes?: boolean | undefined;
  readonly by?: string | undefined;
  readonly why?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Who is recorded: who was named, else the user of the operating system. Throws `WB_CLI_NO_NAME`. */
export function byOf({ by, why }: Pick<ActOptions, 'by' | 'why'>): By {
  return { who: by ?? userName(), why };
}

function userName(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch (cause) {
    throw errors.WB_CLI_NO_NAME('The operating system has no name for this user.', { cause });
  }
}

/**
 * Says what will be done, and asks on a terminal whether to do it; `--yes` is the answer in advance. What is said goes to standard
 * output, but beside `--json`, which belongs to the result. An aborted `signal` is a no. Throws `WB_CLI_NOT_CONFIRMED` where nobody can be asked.
 */
export async function confirmed(plan: string, by: By, options: ActOptions, terminal: Terminal, signal?: AbortSignal): Promise<boolean> {
  const { yes, json } = options;
  const say = json ? terminal.err : terminal.out;
  if (!(json && yes)) say(plan);
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw errors.WB_CLI_NOT_CONFIRMED('Nothing was changed.');
  const why = by.why === undefined ? '' : ` (${by.why})`;
  // The terminal edits the line itself: Ctrl-C ends the program there, as everywhere else.
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  // At the end of the input the question would wait for ever.
  const ended = new Promise<string>((resolve) => void lines.once('close', () => resolve('')));
  signal?.addEventListener('abort', () => lines.close());
  const answer = await Promise.race([lines.question(`Do it as ${by.who}${why}? [y/N] `), ended]);
  lines.close();
  if (/^y(es)?$/i.test(answer.trim())) return true;
  terminal.err('Nothing was changed.');
  return false;
}
