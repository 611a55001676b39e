import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Opening } from '../protocol.ts';
import { warnsOfExperiment } from '../sqlite-version.ts';

/** The module that each thread runs. */
const entry = new URL(import.meta.url.endsWith('.ts') ? '../serving/main.ts' : './serving/main.js', import.meta.url);

/**
 * How much of the memory of a thread is for objects that do not live long. Nothing that crosses the border does, and bodies lie
 * elsewhere. Left to itself it grows with the load and stays so; this spares 1.3 MB a thread at rest.
 */
const youngMegabytes = 2;

/**
 * A thread that works on files, each for a link of its own. It starts with the first link and ends with the last one. When it
 * ends unexpectedly, all its links are told, and the next one that connects starts it again. It does not keep the process from
 * ending: the ports do, as long as their links want it.
 */
export class FileThread {
  readonly #start: () => Worker;
  #worker: Worker | undefined;
  /** Whom to tell that the thread has ended unexpectedly, by the ports of the links. */
  readonly #links = new Map<MessagePort, (reason: string) => void>();

  /** `name` is for debuggers. `start`: starts the thread with the module that it is given. Default: a `Worker`. */
  constructor(name: string, start: (entry: URL) => Worker = (module) => startWorker(module, name)) {
    this.#start = () => start(entry);
  }

  /**
   * Lets the thread open a service, which greets through the port that is answered. `lost` is told why the thread ended
   * unexpectedly. Whoever is done with the service, or learns that it has ended, calls `release`.
   */
  connect(service: Omit<Opening, 'port'>, lost: (reason: string) => void): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#worker ??= this.#startWatched();
    const opening: Opening = { ...service, port: port2 };
    this.#worker.postMessage(opening, [port2]);
    this.#links.set(port1, lost);
    return port1;
  }

  /** The service behind the port has ended. Ends the thread when there is no other one, and then waits for its end. */
  async release(port: MessagePort): Promise<void> {
    const worker = this.#worker;
    if (!this.#links.delete(port) || this.#links.size > 0 || worker === undefined) return;
    this.#worker = undefined;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(null);
    await ended;
  }

  #startWatched(): Worker {
    const worker = this.#start();
    worker.unref();
    let reason = 'It gave no reason.';
    worker.on('error', (error) => {
      if (error instanceof Error) reason = error.message;
    });
    worker.once('exit', () => {
      if (this.#worker === worker) this.#ended(reason);
    });
    return worker;
  }

  #ended(reason: string): void {
    this.#worker = undefined;
    const links = [...this.#links.values()];
    this.#links.clear();
    for (const lost of links) lost(reason);
  }
}

/** The thread of all links of this process that ask for none of their own. */
export const sharedThread = new FileThread('waybill-files');

function startWorker(module: URL, name: string): Worker {
  // Flags of the process are meant for its own module: with --input-type a thread would not start.
  const execArgv = warnsOfExperiment(process.versions.node) ? ['--disable-warning=ExperimentalWarning'] : [];
  return new Worker(module, { name, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes }, execArgv });
}
