import { constants } from 'node:os';

/** npm passes a Ctrl-C on to a program that has it from the terminal already: what comes this soon, in milliseconds, is the same one. */
const sameSignal = 250;

/** What asks a program to end: Ctrl-C, an orchestrator, a terminal or a console window that is closed. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/** Calls `stop` at a signal that asks the program to end, and settles as it does. A second signal ends the process at once, with `128 + n`. */
export function stopAtSignal(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let first: number | undefined;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (first === undefined) {
        first = performance.now();
        stop().then(resolve, reject);
      } else if (signal !== 'SIGINT' || performance.now() - first > sameSignal) {
        process.exit(128 + constants.signals[signal]);
      }
    };
    for (const signal of endings) process.on(signal, onSignal);
  });
}
