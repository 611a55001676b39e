import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { link, open, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Message, type Sender, TransportError } from '@waybill/contract';
import { lateError, slowly } from './slowly.ts';
import type { SpoolFault } from './spool-fault.ts';

/** What `remembers-in-memory` has sent. */
const sent = new Set<string>();

/** Writes each message to a file of its own. */
export class SpoolSender implements Sender {
  readonly #folder: string;
  readonly #fault: SpoolFault | undefined;
  readonly #inFlight = new Set<Promise<void>>();
  #isClosed = false;
  #looking = Promise.resolve();

  constructor(folder: string, fault: SpoolFault | undefined) {
    this.#folder = folder;
    this.#fault = fault;
  }

  async send(message: Message, { signal }: { readonly signal: AbortSignal }) {
    if (this.#isClosed) throw new TransportError('WB_SPOOL_CLOSED', 'The sender is closed.', { retryable: true });
    if (signal.aborted) throw lateError();
    const work = this.#write(message);
    this.#inFlight.add(work);
    await work.finally(() => this.#inFlight.delete(work));
    return { detail: message.id };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#inFlight);
  }

  /** Not as it should be: somebody else may write it after the look. */
  async #writeUnlessThere(draft: string, { id, body }: Pick<Message, 'id' | 'body'>): Promise<void> {
    if ((await readdir(join(this.#folder, 'out'))).some((name) => name.endsWith(`-${id}`))) return;
    await writeFile(draft, body);
    await rename(draft, join(this.#folder, 'out', `${randomUUID()}-${id}`));
  }

  async #write({ id, body }: Message): Promise<void> {
    const [draft, file] = [join(this.#folder, 'drafts', randomUUID()), join(this.#folder, 'out', id)];
    if (this.#fault === 'writes-in-place') return writeInPlace(file, body);
    if (this.#fault === 'looks-before-it-writes') {
      this.#looking = this.#looking.then(() => this.#writeUnlessThere(draft, { id, body }));
      return this.#looking;
    }
    if (this.#fault === 'remembers-in-memory') {
      if (sent.has(file)) return;
      sent.add(file);
    }
    await writeFile(draft, body);
    if (this.#fault === 'remembers-in-memory') return rename(draft, join(this.#folder, 'out', `${randomUUID()}-${id}`));
    if (this.#fault === 'resolves-before-it-has-written') return process.nextTick(() => renameSync(draft, file));
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      // It was sent before.
      if (error.code !== 'EEXIST') throw error;
    });
    await unlink(draft);
  }
}

/** Not as it should be: for a while there is half a message. */
async function writeInPlace(file: string, body: Uint8Array): Promise<void> {
  await using handle = await open(file, 'w');
  const middle = Math.floor(body.length / 2);
  await handle.write(body, 0, middle, 0);
  await slowly();
  await handle.write(body, middle, undefined, middle);
}
