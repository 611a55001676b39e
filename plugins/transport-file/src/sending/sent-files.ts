import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, undefinedWhenMissing } from '../file-system.ts';

/** Into how many parts the time is divided for which notes are kept; a part is forgotten as a whole. */
const parts = 4;

/** The shortest part, in milliseconds. */
const shortest = 60_000;

/**
 * Remembers which files were written, also when somebody has fetched them since. A note is a line in one of 256 files of the part
 * of time in which the file was sent: what is over is swept by removing a folder of so many files, however many notes it has.
 * Appending a line needs no lock among the processes of one machine.
 */
export class SentFiles {
  readonly #folder: string;
  readonly #remember: number;
  readonly #part: number;
  #sweptAt = Number.NEGATIVE_INFINITY;
  #sweeping: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** `remember` in milliseconds. */
  constructor(folder: string, remember: number) {
    this.#folder = folder;
    this.#remember = remember;
    this.#part = Math.max(shortest, Math.ceil(remember / parts));
  }

  async has(name: string): Promise<boolean> {
    const { file, line } = noteOf(name);
    for (const { folder, isOver } of await this.#parts()) {
      const notes = isOver ? undefined : await readFile(join(folder, file), 'latin1').catch(undefinedWhenMissing);
      if (notes?.includes(line)) return true;
    }
    return false;
  }

  async add(name: string): Promise<void> {
    const { file, line } = noteOf(name);
    const from = Math.floor(Date.now() / this.#part) * this.#part;
    const part = join(this.#folder, `${from}-${from + this.#part}`);
    await mkdir(part).catch((error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error;
    });
    await appendFile(join(part, file), line);
    this.#sweepFromTimeToTime();
  }

  /** Ends a sweep that is under way; the next sender goes on with it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#sweeping;
  }

  /** The parts of time that have notes, and whether they need not be kept any more. Whatever else lies there is not ours. */
  async #parts(): Promise<readonly { readonly folder: string; readonly isOver: boolean }[]> {
    const names = (await readdir(this.#folder).catch(undefinedWhenMissing)) ?? [];
    return names.flatMap((name) => {
      const [, end] = /^\d+-(\d+)$/.exec(name) ?? [];
      return end === undefined ? [] : [{ folder: join(this.#folder, name), isOver: Number(end) + this.#remember < Date.now() }];
    });
  }

  #sweepFromTimeToTime(): void {
    if (performance.now() - this.#sweptAt < this.#part) return;
    this.#sweptAt = performance.now();
    // Notes that cannot be removed now are removed the next time.
    this.#sweeping = this.#sweeping.then(() => this.#sweep()).catch(() => undefined);
  }

  async #sweep(): Promise<void> {
    for (const { folder, isOver } of await this.#parts()) {
      if (!isOver) continue;
      for (const file of await readdir(folder)) {
        if (this.#isClosed) return;
        // Another sender on the folder may be removing the same file.
        await unlink(join(folder, file)).catch(undefinedWhenMissing);
      }
      await rmdir(folder).catch(undefinedWhenMissing);
    }
  }
}

/**
 * A digest and not the name itself: a program that searches all folders for `*.xml` must not take a note for a message. Notes are
 * looked for as text, so one that a crash cut off spoils none but itself.
 */
function noteOf(name: string): { readonly file: string; readonly line: string } {
  const digest = createHash('sha256').update(name).digest('hex');
  return { file: digest.slice(0, 2), line: `${digest.slice(2, 42)}\n` };
}
