const signals = ['SIGINT', 'SIGTERM'] as const;

/** Does something that can be ended in good order: Ctrl-C, or SIGTERM, aborts its signal. A second one ends the process at once. */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const leave = (): void => signals.forEach((name) => process.off(name, interrupt));
  const interrupt = (): void => {
    leave();
    controller.abort();
  };
  for (const name of signals) process.on(name, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    leave();
  }
}
