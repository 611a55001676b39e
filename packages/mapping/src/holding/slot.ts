import type { Path } from '../declaring/nodes.ts';

/** The value of an object, key by key. */
export type Holder = Record<string, unknown>;

/** A step on the way to a place: an object under `key`, or the last entry of a list of them. */
export interface Step {
  readonly key: string;
  readonly list: boolean;
}

/** A place in the object in hand: through the objects of `path`, then under `key`, where a list keeps each value. */
export interface Slot {
  readonly path: readonly Step[];
  readonly key: string;
  readonly list: boolean;
}

/** The slot of a path below the steps that lead to the node. */
export function slotOf(before: readonly Step[], to: Path, list = false): Slot {
  const steps = to.slice(0, -1).map((key): Step => ({ key, list: false }));
  return { path: [...before, ...steps], key: to.at(-1) as string, list };
}

/** Puts a value into its slot, making the objects on the way. */
export function store(holder: Holder, { path, key, list }: Slot, value: unknown): void {
  const target = path.length === 0 ? holder : reach(holder, path, -1);
  if (!list) {
    target[key] = value;
    return;
  }
  const values = target[key] as unknown[] | undefined;
  if (values === undefined) target[key] = [value];
  else values.push(value);
}

/** The object at the end of a path. What is missing on the way is made; the list at step `anew` gets a new entry (-1: none does). */
export function reach(holder: Holder, path: readonly Step[], anew: number): Holder {
  let target = holder;
  for (let index = 0; index < path.length; index += 1) {
    const { key, list } = path[index] as Step;
    if (!list) {
      target = (target[key] ??= {}) as Holder;
      continue;
    }
    const entries = (target[key] ??= []) as Holder[];
    if (entries.length === 0 || index === anew) entries.push({});
    target = entries.at(-1) as Holder;
  }
  return target;
}

/** What a slot holds: the value, the list, or undefined. */
export function held(holder: Holder, { path, key }: Slot): unknown {
  if (path.length === 0) return holder[key];
  let target: unknown = holder;
  for (const step of path) {
    const next = (target as Holder | undefined)?.[step.key];
    target = Array.isArray(next) ? (next as unknown[]).at(-1) : next;
  }
  return (target as Holder | undefined)?.[key];
}

/** What is at the end of a path, or undefined. */
export function follow(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) found = isHolder(found) ? found[key] : undefined;
  return found;
}

export function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How a slot is told: `totals.net`. */
export function fieldOf({ path, key }: Slot): string {
  return [...path.map((step) => step.key), key].join('.');
}

export function toldPath(path: Path): string {
  return path.join('.');
}

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
    // Without a list of the keys, which is half of the time.
    for (const key in holder) {
      const value = holder[key];
      if (value === undefined || value === null) continue;
      const below = this.#keys.get(key);
      if (below === undefined) {
        if (!this.#keys.has(key) && Object.hasOwn(holder, key)) return key;
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
