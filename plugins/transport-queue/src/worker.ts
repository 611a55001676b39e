import { parentPort, workerData } from 'node:worker_threads';
import type { FileSettings, Numbered } from './protocol.ts';
import { QueueThread } from './queue-thread.ts';
import { failureOf } from './refusal.ts';

/*
 * The entry of the thread that owns the file. The first thing it says is whether the file could be opened: nothing, or
 * the failure. After the answer to `close` it ends by itself, because nothing keeps it.
 */
const port = parentPort;
if (port) {
  const settings = workerData as FileSettings;
  try {
    const thread = new QueueThread(settings, (answers) => port.postMessage(answers));
    port.on('message', (requests: readonly Numbered[]) => {
      thread.take(requests);
      if (requests.some(([, request]) => request.ask === 'close')) port.unref();
    });
    port.postMessage(undefined);
  } catch (error) {
    port.postMessage(failureOf(error, settings.path));
  }
}
