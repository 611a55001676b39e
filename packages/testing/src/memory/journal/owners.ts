import type { EntryLease, LeaseToken } from '@waybill/contract';

/** How long an owner may be silent before others take over what it has, in milliseconds. */
export const silence = 3_000;

/** Somebody who holds claims and leases. */
export interface Owner {
  readonly number: number;
  /** Since when its beat has stood still; undefined while it grows. */
  silentSince: number | undefined;
  /** It has lost what it held. */
  gone: boolean;
}

interface Held {
  readonly owner: Owner;
  readonly version: number;
  readonly lost: AbortController;
}

/** The owners, and which of them receives which entry alone. */
export class Owners {
  readonly #held = new Map<string, Held>();
  readonly #silent = new Set<Owner>();
  #numbers = 0;
  #versions = 0;
  /** An owner has ended without closing, and nobody has opened the journal since. */
  unclean = false;

  add(): Owner {
    return { number: ++this.#numbers, silentSince: undefined, gone: false };
  }

  /** The beat of the owner stands still from now on, as that of a suspended process. */
  silence(owner: Owner, now: number): void {
    owner.silentSince = now;
    this.#silent.add(owner);
  }

  hear(owner: Owner): void {
    owner.silentSince = undefined;
    this.#silent.delete(owner);
  }

  get isAnySilent(): boolean {
    return this.#silent.size > 0;
  }

  /** Those whose time is over. */
  overdue(now: number): readonly Owner[] {
    return [...this.#silent].filter(({ silentSince = now }) => now - silentSince > silence);
  }

  /** Takes everything from the owner that it holds here. */
  end(owner: Owner): void {
    owner.gone = true;
    this.#silent.delete(owner);
    for (const [entry, held] of this.#held) if (held.owner === owner) this.#take(entry, held);
  }

  lease(entry: string, owner: Owner): EntryLease | undefined {
    const before = this.#held.get(entry);
    if (before && before.owner !== owner) return undefined;
    if (before) this.#take(entry, before);
    const held = { owner, version: ++this.#versions, lost: new AbortController() };
    this.#held.set(entry, held);
    const { version, lost } = held;
    return {
      token: { entry, owner: owner.number, version },
      lost: lost.signal,
      release: async () => {
        if (this.#held.get(entry) === held) this.#held.delete(entry);
      },
    };
  }

  holds({ entry, owner, version }: LeaseToken): boolean {
    const held = this.#held.get(entry);
    return held !== undefined && held.owner.number === owner && held.version === version;
  }

  #take(entry: string, held: Held): void {
    this.#held.delete(entry);
    held.lost.abort();
  }
}
