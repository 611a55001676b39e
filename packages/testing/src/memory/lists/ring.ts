const smallest = 16;

/** A queue with both ends open. Every operation takes constant time; nothing is allocated while it does not grow. */
export class Ring<T> {
  /** The length is always a power of two, so that an index wraps by masking. */
  readonly #slots: (T | undefined)[] = Array.from({ length: smallest });
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  first(): T | undefined {
    return this.#size === 0 ? undefined : this.#slots[this.#head];
  }

  push(item: T): void {
    if (this.#size === this.#slots.length) this.#grow();
    this.#slots[(this.#head + this.#size++) & (this.#slots.length - 1)] = item;
  }

  unshift(item: T): void {
    if (this.#size === this.#slots.length) this.#grow();
    this.#head = (this.#head - 1) & (this.#slots.length - 1);
    this.#slots[this.#head] = item;
    this.#size++;
  }

  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#slots.length - 1);
    this.#size--;
    return item;
  }

  /** Doubles the length in place; what had wrapped to the beginning goes behind what was the end. */
  #grow(): void {
    const slots = this.#slots;
    const end = slots.length;
    slots.length = end * 2;
    for (let index = 0; index < this.#head; index++) {
      slots[end + index] = slots[index];
      slots[index] = undefined;
    }
  }
}
