interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

/**
 * Bounds how many bytes of files are in memory at the same time, in the order in which they ask. One file always may be there, however
 * large. Without it, a few large files that are in hand together end a process in a small container, at every start anew.
 */
export class Room {
  readonly #most: number;
  readonly #inside = new Map<object, number>();
  readonly #waiting: Waiting[] = [];
  #taken = 0;

  /** `most` in bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when there is room for so many bytes of somebody who has to `leave`. */
  async enter(who: object, bytes: number): Promise<void> {
    if (this.#waiting.length > 0 || !this.#hasRoomFor(bytes)) {
      await new Promise<void>((resolve) => this.#waiting.push({ bytes, enter: resolve }));
    } else this.#taken += bytes;
    this.#inside.set(who, bytes);
  }

  /** Makes room; does nothing for those who are not inside. */
  leave(who: object): void {
    const bytes = this.#inside.get(who);
    if (bytes === undefined) return;
    this.#inside.delete(who);
    this.#taken -= bytes;
    for (let [next] = this.#waiting; next && this.#hasRoomFor(next.bytes); [next] = this.#waiting) {
      this.#waiting.shift();
      // Taken here: whoever is let in goes on later, and others may ask before.
      this.#taken += next.bytes;
      next.enter();
    }
  }

  #hasRoomFor(bytes: number): boolean {
    return this.#taken === 0 || this.#taken + bytes <= this.#most;
  }
}
