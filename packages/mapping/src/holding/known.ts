import type { Holder } from './slot.ts';
import { isHolder, type Slot } from './slot.ts';

/** The keys that an object may have; below a key that holds an object of the same group, the keys of that. */
export class KnownKeys {
  readonly #keys = new Map<string, KnownKeys | undefined>();

  add({ path, key }: Pick<Slot, 'path' | 'key'>): void {
    const [step, ...rest] = path;
    if (step === undefined) {
      if (!this.#keys.has(key)) this.#keys.set(key, undefined);
      return;
    }
    const below = this.#keys.get(step.key) ?? new KnownKeys();
    this.#keys.set(step.key, below);
    below.add({ path: rest, key });
  }

  /** The way to the first key that nobody knows, or undefined. A key whose value is undefined is not there. */
  strangerIn(holder: Holder): string | undefined {
    for (const key of Object.keys(holder)) {
      const value = holder[key];
      if (value === undefined || value === null) continue;
      const below = this.#keys.get(key);
      if (below === undefined) {
        if (!this.#keys.has(key)) return key;
        continue;
      }
      const stranger = below.#strangerBelow(value);
      if (stranger !== undefined) return `${key}${stranger}`;
    }
    return undefined;
  }

  #strangerBelow(value: unknown): string | undefined {
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) {
        const stranger = this.#strangerBelow(entry);
        if (stranger !== undefined) return `[${index}]${stranger}`;
      }
      return undefined;
    }
    if (!isHolder(value)) return undefined;
    const stranger = this.strangerIn(value);
    return stranger === undefined ? undefined : `.${stranger}`;
  }
}
