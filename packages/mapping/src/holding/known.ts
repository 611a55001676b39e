import type { Holder } from './slot.ts';
import { isHolder, type Slot } from './slot.ts';

/** The keys that an object may have; below a key that holds an object of the same group, the keys of that. */
export class KnownKeys {
  readonly #keys = new Map<string, KnownKeys | undefined>();

  add({ path, key }: Slot): void {
    let level: KnownKeys = this;
    for (const step of path) {
      const next = level.#keys.get(step.key) ?? new KnownKeys();
      level.#keys.set(step.key, next);
      level = next;
    }
    if (!level.#keys.has(key)) level.#keys.set(key, undefined);
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
