import { isWaybillError, type Receipt, type TransportError } from '@waybill/contract';
import type { Actor, Bench } from './bench.ts';
import type { LegRow } from './leg-row.ts';
import type { OutboundBook } from './outbound-book.ts';

/** Something that the application sends at once, or asks: it waits for the result. */
export interface Call {
  readonly actor: Actor;
  readonly at: number;
  /** What it sends, a text for each destination. */
  readonly abouts: readonly string[];
}

/** Judges what callers are told. */
export class CallBook {
  readonly #bench: Bench;
  readonly #outbound: OutboundBook;
  /** Those that wait. */
  readonly #open = new Set<Call>();

  constructor(bench: Bench, outbound: OutboundBook) {
    this.#bench = bench;
    this.#outbound = outbound;
  }

  begun(actor: Actor, abouts: readonly string[]): Call {
    const call = { actor, at: this.#bench.next(), abouts };
    this.#open.add(call);
    return call;
  }

  /** Its caller hears of its end. */
  ended(call: Call): void {
    this.#open.delete(call);
  }

  /** The process has stopped in an orderly way. */
  stopped(actor: Actor): void {
    for (const call of this.#open)
      if (call.actor === actor)
        this.#bench.violated('stop', `${actor.name} has stopped, and the caller of ${call.abouts.join(', ')} has heard nothing`);
  }

  /** Its caller is told that it was sent. A receipt without recipients speaks of `queues`. */
  sent(call: Call, receipts: readonly Receipt[], queues: readonly string[]): void {
    for (const [place, about] of call.abouts.entries()) {
      const row = this.#known(call, about);
      const queue = queues[place];
      const reached = receipts[place]?.recipients?.filter(({ outcome }) => outcome === 'sent').map(({ address }) => address);
      for (const recipient of reached ?? (queue === undefined ? [] : [queue]))
        if (row && !row.arrived.has(recipient))
          this.#bench.violated('nothing lost', `the caller of ${about} was told that ${recipient} has it, which never got it`);
    }
  }

  /** Its caller is given a reply. */
  answered(call: Call, { to }: { readonly to: string }): void {
    for (const about of call.abouts) {
      const row = this.#known(call, about);
      if (to !== about) this.#bench.violated('told honestly', `the caller of ${about} was given the reply to ${to}`);
      if (row && !this.#isStale(call) && row.reply === undefined)
        this.#bench.violated('nothing lost', `the caller of ${about} was given a reply, and the journal has none`);
    }
  }

  /** Its caller is told that something went wrong: for one of the destinations at least, this has to be true. */
  failed(call: Call, error: unknown): void {
    const code = isWaybillError(error) ? error.code : String(error);
    const { outcome } = error as Partial<Pick<TransportError, 'outcome'>>;
    const rows = call.abouts.map((about) => this.#rowOf(about));
    const begun = rows.filter((row) => row?.direct && row.direct.at > call.at && row.direct.actor === call.actor);
    const texts = call.abouts.join(', ');
    if (code === 'WB_EVENT_ALREADY_SENT') {
      // Another call under the same id may have begun it meanwhile.
      if (!rows.some((row) => row?.direct))
        this.#bench.violated('told honestly', `the caller of ${texts} was told that it is sent already`);
      return;
    }
    if (begun.length < rows.length) return;
    const says = `the caller of ${texts} was told ${code}${outcome === undefined ? '' : ` (${outcome})`}`;
    if ((outcome === 'not-sent' || outcome === 'refused') && begun.every((row) => (row?.direct?.arrived.size ?? 0) > 0))
      this.#bench.violated('told honestly', `${says}, and it has come`);
    // A kernel that stops cannot say what the journal has.
    if (code === 'WB_KERNEL_STOPPING' || this.#isStale(call)) return;
    if (begun.every((row) => row?.state === 'done')) this.#bench.violated('told honestly', `${says}, and the journal has it as sent`);
    if (begun.every((row) => row?.state === 'waiting')) this.#bench.violated('told honestly', `${says}, and the journal does not know`);
  }

  /** The row of what was sent for this call, which the journal has as sent. */
  #known(call: Call, about: string): LegRow | undefined {
    const row = this.#rowOf(about);
    if (row?.direct === undefined || row.direct.at < call.at)
      this.#bench.violated('nothing lost', `the caller of ${about} was told that it is sent, and nobody has begun it`);
    else if (row.state !== 'done' && !this.#isStale(call))
      this.#bench.violated('nothing lost', `the caller of ${about} was told that it is sent, and the journal has it as ${row.state}`);
    return row;
  }

  #rowOf(about: string): LegRow | undefined {
    return [...this.#outbound.rows.values()].find((row) => row.about === about);
  }

  /** Its process stood still meanwhile: others may have taken over what it had. */
  #isStale({ actor, at }: Call): boolean {
    return actor.suspendedAt > at;
  }
}
