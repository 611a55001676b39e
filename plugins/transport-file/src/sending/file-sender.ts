import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message, Receipt, Sender, SendOptions } from '@waybill/contract';
import { errors, failureOf } from '../errors.ts';
import { compareWith, removeOlder } from '../file-system.ts';
import type { Folder } from '../folder.ts';
import { moveUnlessTaken } from '../move.ts';
import type { Target } from '../settings.ts';
import { fileNameFor } from './file-name.ts';
import { SentFiles } from './sent-files.ts';

const aDay = 86_400_000;

/** Writes each message to a file of its own. A file is visible only when it is whole and safe on the disk. */
export class FileSender implements Sender {
  readonly #connection: Folder;
  readonly #folder: string;
  readonly #drafts: string;
  readonly #sent: SentFiles;
  readonly #nameOf: (message: Message) => string;
  readonly #inFlight = new Set<Promise<unknown>>();
  #closed = false;

  private constructor(connection: Folder, folder: string, drafts: string, sent: SentFiles, nameOf: (message: Message) => string) {
    this.#connection = connection;
    this.#folder = folder;
    this.#drafts = drafts;
    this.#sent = sent;
    this.#nameOf = nameOf;
  }

  /** Throws WB_FILE_NO_FOLDER or WB_FILE_OUTSIDE. */
  static async open(folder: Folder, target: Target): Promise<FileSender> {
    const path = await folder.inner(target.folder);
    const sent = new SentFiles(await folder.hidden(path, 'sent'), target.remember);
    const drafts = await folder.hidden(path, 'drafts');
    // Drafts that a crash left behind. No write takes that long.
    await removeOlder(drafts, aDay);
    const ignoresCase = await folder.ignoresCase(path);
    return new FileSender(folder, path, drafts, sent, (message) => fileNameFor(target.name, message, ignoresCase));
  }

  async send(message: Message, { signal }: SendOptions): Promise<Receipt> {
    if (this.#closed) throw errors.WB_FILE_CLOSED(`The sender to ${this.#folder} is closed.`);
    const name = this.#nameOf(message);
    const work = this.#write(name, message.body, signal);
    this.#inFlight.add(work);
    try {
      await work;
      return { id: name, detail: join(this.#folder, name) };
    } finally {
      this.#inFlight.delete(work);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#inFlight);
    await this.#sent.close();
  }

  async #write(name: string, body: Uint8Array, signal: AbortSignal): Promise<void> {
    let isVisible = false;
    try {
      throwWhenOver(name, signal);
      if (await this.#sent.has(name)) return;
      await this.#draftAndPlace(name, body, signal);
      isVisible = true;
      await this.#connection.sync(this.#folder);
      // Only now: if a power failure removed the file and not the note of it, the message would be lost.
      await this.#sent.add(name);
    } catch (error) {
      throw failureOf(error, `write ${name} to ${this.#folder}`, isVisible ? 'unknown' : 'not-sent');
    }
  }

  async #draftAndPlace(name: string, body: Uint8Array, signal: AbortSignal): Promise<void> {
    const draft = join(this.#drafts, randomUUID());
    let isMoved = false;
    try {
      await writeDurably(draft, body, signal);
      throwWhenOver(name, signal);
      isMoved = await this.#place(draft, name, body);
    } finally {
      // A draft that cannot be removed now is removed when a sender is opened later.
      if (!isMoved) await unlink(draft).catch(() => undefined);
    }
  }

  /**
   * Makes the file visible. Answers false, and leaves the draft, when a file of that name is there with the same bytes: it
   * is this message, sent before. Throws WB_FILE_EXISTS when it has other bytes.
   */
  async #place(draft: string, name: string, body: Uint8Array): Promise<boolean> {
    const path = join(this.#folder, name);
    for (;;) {
      if (await moveUnlessTaken(draft, path)) return true;
      const there = await compareWith(path, body);
      if (there === 'same') return false;
      if (there === 'other') throw errors.WB_FILE_EXISTS(`The file ${name} is there already, with other contents.`, { at: path });
      // Somebody has just fetched the other file, and the name is free again.
    }
  }
}

function throwWhenOver(name: string, signal: AbortSignal): void {
  if (signal.aborted) throw errors.WB_FILE_TIME_OVER(`The time for writing ${name} is over.`, { cause: signal.reason });
}

async function writeDurably(path: string, body: Uint8Array, signal: AbortSignal): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(body, { signal });
    await file.sync();
  } catch (error) {
    throwWhenOver(path, signal);
    throw error;
  } finally {
    await file.close();
  }
}
