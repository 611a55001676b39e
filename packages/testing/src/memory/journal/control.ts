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
  type Tally,
  type TallyQuery,
} from '@waybill/contract';
import { ownProcessIdentity } from '@waybill/contract/system';
import type { Session } from './session.ts';

/** How many numbers one question answers at most. */
const mostTallies = 10_000;

/** How people steer those who have the in-memory journal open. */
export class MemoryControl implements Control {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async pause(entry: EntryName, by: By): Promise<void> {
    const now = this.#session.enter();
    if (this.#session.state.control.pause(entry, by, now)) this.#session.changed();
  }

  async resume(entry: EntryName, by: By): Promise<void> {
    const now = this.#session.enter();
    if (this.#session.state.control.resume(entry, by, now)) this.#session.changed();
  }

  async paused(): Promise<readonly PausedEntry[]> {
    this.#session.enter();
    return [...this.#session.state.control.pauses.values()];
  }

  async records({ before = Number.POSITIVE_INFINITY, limit = 100 }: RecordQuery = {}): Promise<readonly ControlRecord[]> {
    this.#session.enter();
    return this.#session.state.control.records(before, limit);
  }

  async present(status: unknown): Promise<void> {
    const at = this.#session.enter();
    const { state, since } = this.#session;
    const json = JSON.stringify(status);
    if (Buffer.byteLength(json) > presentLimit) throw new RangeError(`The status is longer than ${presentLimit} bytes.`);
    state.control.present.set(this.#session, { process: ownProcessIdentity(), since, at, status: JSON.parse(json) });
  }

  async processes(): Promise<readonly PresentProcess[]> {
    const now = this.#session.enter();
    const young = [...this.#session.state.control.present.values()].filter(({ at }) => at > now - presentFor);
    return young.toSorted((one, other) => one.since - other.since);
  }

  async count(tallies: readonly Tally[]): Promise<void> {
    this.#session.enter();
    for (const tally of tallies) this.#session.state.control.count(tally);
  }

  async tallies({ since, entry, by = 'minute' }: TallyQuery): Promise<readonly Tally[]> {
    this.#session.enter();
    return this.#session.state.control.tallies(by, since, entry, mostTallies);
  }
}
