import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { factsOf, type Meanings } from './failure.ts';
import type { Batch, Greeting, ThreadAnswer } from './protocol.ts';
import type { AnyService, Service } from './service.ts';
import { ServingThread } from './serving-thread.ts';

/** A batch, or that the thread is to end. */
type Told = Batch | null;

/**
 * The whole of a thread's entry module: opens the file with what the link was given as `data`, says so, and does what it is
 * told until it is told to end.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the entry module says once what its link gives it
export function serve<Data extends { readonly path: string }, Operations extends object>(
  open: (data: Data) => Service<Operations>,
  meanings: Meanings,
): void {
  if (parentPort === null) throw new Error('This module is the entry of a thread.');
  const port = parentPort;
  const data = workerData as Data;
  const greet = (greeting: Greeting): void => port.postMessage(greeting);
  try {
    const service = open(data) as unknown as AnyService;
    const thread = new ServingThread(service, meanings, data.path, (answer: ThreadAnswer) => port.postMessage(answer));
    const opened = thread.open();
    port.on('message', (first: Told) => listen(port, thread, [first, ...waitingAt(port)]));
    greet({ opened });
  } catch (error) {
    greet({ failure: factsOf(error, meanings, data.path) });
  }
}

function listen(port: MessagePort, thread: ServingThread, told: readonly Told[]): void {
  const batches = told.filter((one) => one !== null);
  if (batches.length > 0) thread.run(batches);
  if (batches.length === told.length) return;
  thread.close();
  port.close();
}

/** What has come while the last transaction was being committed: it goes into the next one. */
function waitingAt(port: MessagePort): readonly Told[] {
  const told: Told[] = [];
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    told.push((next as { readonly message: Told }).message);
  return told;
}
