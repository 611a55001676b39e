import {
  type By,
  type Control,
  type ControlRecord,
  type EntryName,
  type PausedEntry,
  type PresentProcess,
  presentFor,
  presentLimit,
  type RecordQuery,
  type StartedManifest,
  type Tally,
  type TallyQuery,
} from '@waybill/contract';
import { ownProcessIdentity } from '@waybill/contract/system';
import type { Opening } from './opening.ts';

/** How many numbers one question answers at most. */
const mostTallies = 10_000;

/** How people steer those who have the in-memory journal open. */
export class MemoryControl implements Control {
  readonly #opening: Opening;

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  async pause(entry: EntryName, by: By): Promise<void> {
    const now = this.#opening.enter();
    if (this.#opening.state.control.pause(entry, by, now)) this.#opening.changed();
  }

  async resume(entry: EntryName, by: By): Promise<void> {
    const now = this.#opening.enter();
    if (this.#opening.state.control.resume(entry, by, now)) this.#opening.changed();
  }

  async paused(): Promise<readonly PausedEntry[]> {
    this.#opening.enter();
    return [...this.#opening.state.control.pauses.values()];
  }

  async records({ before = Number.POSITIVE_INFINITY, limit = 100 }: RecordQuery = {}): Promise<readonly ControlRecord[]> {
    this.#opening.enter();
    return this.#opening.state.control.records(before, limit);
  }

  async present(status: unknown): Promise<void> {
    const at = this.#opening.enter();
    const { state, since } = this.#opening;
    const json = JSON.stringify(status);
    if (Buffer.byteLength(json) > presentLimit) throw new RangeError(`The status is longer than ${presentLimit} bytes.`);
    state.control.present.set(this.#opening, { process: ownProcessIdentity(), since, at, status: JSON.parse(json) });
  }

  async processes(): Promise<readonly PresentProcess[]> {
    const now = this.#opening.enter();
    const young = [...this.#opening.state.control.present.values()].filter(({ at }) => at > now - presentFor);
    return young.toSorted((one, other) => one.since - other.since);
  }

  async started(name: string, manifest: unknown): Promise<void> {
    const at = this.#opening.enter();
    this.#opening.state.control.started.set(name, { at, process: ownProcessIdentity(), manifest: structuredClone(manifest) });
  }

  async lastStarted(name: string): Promise<StartedManifest | undefined> {
    this.#opening.enter();
    return this.#opening.state.control.started.get(name);
  }

  async count(tallies: readonly Tally[]): Promise<void> {
    this.#opening.enter();
    for (const tally of tallies) this.#opening.state.control.count(tally);
  }

  async tallies({ since, entry, by = 'minute' }: TallyQuery): Promise<readonly Tally[]> {
    this.#opening.enter();
    return this.#opening.state.control.tallies(by, since, entry, mostTallies);
  }
}
