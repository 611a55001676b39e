import { createHash } from 'node:crypto';
import { open, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ageOf, removeOlder } from '../file-system.ts';

/**
 * Remembers which files were written, also when somebody has fetched them since. The note of each is an empty file in a
 * hidden folder, which is removed when the file need not be remembered any more.
 */
export class SentFiles {
  readonly #folder: string;
  readonly #remember: number;
  #forgottenAt = Number.NEGATIVE_INFINITY;
  #forgetting: Promise<void> = Promise.resolve();

  /** `remember` in milliseconds. */
  constructor(folder: string, remember: number) {
    this.#folder = folder;
    this.#remember = remember;
  }

  async has(name: string): Promise<boolean> {
    const age = await ageOf(this.#noteOf(name));
    return age !== undefined && age <= this.#remember;
  }

  async add(name: string): Promise<void> {
    const path = this.#noteOf(name);
    await open(path, 'w').then((file) => file.close());
    const now = new Date();
    await utimes(path, now, now);
    this.#forgetFromTimeToTime();
  }

  /** A digest and not the name itself: a program that searches all folders for `*.xml` must not take a note for a message. */
  #noteOf(name: string): string {
    return join(this.#folder, createHash('sha256').update(name).digest('hex').slice(0, 40));
  }

  /** Waits until no more notes are being removed. */
  close(): Promise<void> {
    return this.#forgetting;
  }

  #forgetFromTimeToTime(): void {
    const pause = Math.max(60_000, this.#remember / 10);
    if (performance.now() - this.#forgottenAt < pause) return;
    this.#forgottenAt = performance.now();
    // Notes that cannot be removed now are removed the next time.
    this.#forgetting = this.#forgetting.then(() => removeOlder(this.#folder, this.#remember)).catch(() => undefined);
  }
}
