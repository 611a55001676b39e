import { createHash } from 'node:crypto';
import { open, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ageOf, removeOlder } from '../file-system.ts';

/**
 * Remembers which files were written, also when somebody has fetched them since: an empty file in a hidden folder
 * stands for each, for as long as it is remembered.
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

  /** Not the name itself: somebody who searches all folders for `*.xml` must not take a note for a message. */
  #noteOf(name: string): string {
    return join(this.#folder, createHash('sha256').update(name).digest('hex').slice(0, 40));
  }

  /** Waits until the folder is at rest. */
  close(): Promise<void> {
    return this.#forgetting;
  }

  #forgetFromTimeToTime(): void {
    const pause = Math.max(60_000, this.#remember / 10);
    if (performance.now() - this.#forgottenAt < pause) return;
    this.#forgottenAt = performance.now();
    // What is not forgotten now is forgotten the next time.
    this.#forgetting = this.#forgetting.then(() => removeOlder(this.#folder, this.#remember)).catch(() => undefined);
  }
}
