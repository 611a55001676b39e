import { constants } from 'node:os';
import { createKernel, type Kernel } from '@waybill/kernel';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { manifestFile } from '../manifest-file.ts';

/** npm passes a Ctrl-C on to a program that has it from the terminal already: what comes this soon, in milliseconds, is the same one. */
const sameSignal = 250;

/** `waybill run`: starts a manifest and drains at SIGTERM and SIGINT. A second signal ends the process at once, with `128 + n`. */
export async function run(named: string | undefined): Promise<ExitCode> {
  const kernel = createKernel({ manifest: manifestFile(named) });
  // Entries that only send may leave nothing else that keeps the process alive.
  const alive = setInterval(() => undefined, 2 ** 30);
  try {
    const stopped = stopAtSignal(kernel);
    await kernel.start();
    await stopped;
    return exitCode.done;
  } finally {
    clearInterval(alive);
  }
}

function stopAtSignal(kernel: Kernel): Promise<void> {
  return new Promise((resolve, reject) => {
    let first: number | undefined;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (first === undefined) {
        first = performance.now();
        kernel.stop().then(resolve, reject);
      } else if (signal !== 'SIGINT' || performance.now() - first > sameSignal) {
        process.exit(128 + constants.signals[signal]);
      }
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  });
}
