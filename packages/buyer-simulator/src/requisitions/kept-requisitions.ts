import { errors } from '../errors.ts';
import type { Requisition } from './requisition.ts';

/** All requisitions, in memory. */
export class KeptRequisitions {
  readonly #all = new Map<string, Requisition>();
  readonly #listeners = new Set<() => void>();
  #count = 0;

  /** Oldest first. */
  all(): readonly Requisition[] {
    return [...this.#all.values()];
  }

  find(id: string): Requisition | undefined {
    return this.#all.get(id);
  }

  /** Throws `WB_BUYER_WRONG_STEP` where there is none. */
  get(id: string): Requisition {
    const found = this.#all.get(id);
    if (found) return found;
    throw errors.WB_BUYER_WRONG_STEP(`There is no requisition ${id}.`, { hint: 'Look at the list on the page.' });
  }

  /** Whose session, the newest or an earlier one, has this cookie. */
  byCookie(cookie: string): Requisition | undefined {
    const [, id] = /^([^.]+)\./.exec(cookie) ?? [];
    return this.#all.get(id ?? '');
  }

  byOrder(orderId: string): Requisition | undefined {
    return this.all().findLast(({ order }) => order?.id === orderId);
  }

  byPayloadId(payloadId: string): Requisition | undefined {
    return this.all().findLast(({ order }) => order?.payloadIds.includes(payloadId));
  }

  add(make: (id: string) => Requisition): Requisition {
    this.#count += 1;
    const requisition = make(`R${this.#count}`);
    this.#all.set(requisition.id, requisition);
    this.#tell();
    return requisition;
  }

  /** Replaces a part of what is known. */
  change(id: string, news: Partial<Requisition>): Requisition {
    const changed = { ...this.get(id), ...news };
    this.#all.set(id, changed);
    this.#tell();
    return changed;
  }

  /** Calls `listener` whenever one is added or changed. */
  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
