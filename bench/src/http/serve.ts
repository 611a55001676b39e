import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a measured server says when it is asked: how late its event loop was, in milliseconds, and its memory in bytes. */
export interface ServerFigures {
  readonly loopDelayP99: number;
  readonly rss: number;
}

/** Tells the parent process where the server listens, answers its questions, and ends with it. */
export function serve(url: string, end: () => unknown): void {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  process.on('message', (question) => {
    if (question === 'reset') delay.reset();
    else if (question === 'figures')
      process.send?.({ loopDelayP99: Math.max(0, delay.percentile(99) / 1e6 - 5), rss: process.memoryUsage.rss() } satisfies ServerFigures);
  });
  process.once('disconnect', () => {
    delay.disable();
    void Promise.resolve(end()).then(() => process.exit(0));
  });
  process.send?.({ url });
}
