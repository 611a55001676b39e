import type { Log } from '@waybill/contract';
import { createKernel, createLog, type Kernel } from '@waybill/kernel';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { manifestFile } from '../manifest-file.ts';
import { prettyLine } from '../run/pretty-line.ts';
import { stopAtSignal } from '../run/stop-at-signal.ts';
import { traceHeading } from '../run/trace.ts';
import type { Terminal } from '../terminal.ts';

export interface RunOptions {
  /** Whether lines are for people, with a line for every step of a message. Default: where standard error is a terminal. */
  readonly pretty?: boolean;
}

/** `waybill run`: starts a manifest and drains at a signal that asks it to end. A second signal ends the process at once, with `128 + n`. */
export async function run(named: string | undefined, { pretty }: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const manifest = manifestFile(named);
  const kernel = (pretty ?? terminal.errIsWatched) ? await watchedKernel(manifest, terminal) : createKernel({ manifest });
  // Entries that only send may leave nothing else that keeps the process alive.
  const alive = setInterval(() => undefined, 2 ** 30);
  try {
    const stopped = stopAtSignal(() => kernel.stop());
    await kernel.start();
    await stopped;
    return exitCode.done;
  } finally {
    clearInterval(alive);
  }
}

/** A kernel that tells what it does in lines for people. They are made from those of the log, in which secrets are hidden. */
async function watchedKernel(manifest: string, { err, paint }: Terminal): Promise<Kernel> {
  const { log: settings, secrets } = await createKernel({ manifest }).check();
  const log = createLog({ ...settings, secrets, write: (line) => err(prettyLine(line, paint)) });
  const kernel = createKernel({ manifest, log });
  if (settings.level === 'debug' || settings.level === 'info') traceOf(kernel, log, () => err(paint('gray', traceHeading)));
  return kernel;
}

/** A line for every step of a message, below one heading. */
function traceOf(kernel: Kernel, log: Log, head: () => void): void {
  let isHeaded = false;
  kernel.observe((seen) => {
    if (!isHeaded) head();
    isHeaded = true;
    log.info({ seen }, seen.outcome);
  });
}
