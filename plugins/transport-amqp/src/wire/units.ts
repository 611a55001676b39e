import type { EventContext, Sender, Message as WireMessage } from 'rhea';
import { errors } from '../errors.ts';
import { type Reason, reasonOf } from './failure.ts';
import { acceptInTransaction, coordinatorTarget, joinTransaction, openSenderTo } from './inner.ts';
import { lossOf, whenOpen } from './link.ts';
import type { Arrival, ReceivingLink } from './receiving-link.ts';
import type { SendingLink } from './sending-link.ts';
import type { Wire } from './wire.ts';

/** What the coordinator answers. */
interface Answer {
  readonly declared?: Buffer | undefined;
  readonly error?: Reason;
  readonly constructor: { readonly composite_type?: string };
}

/** Opens transactions at the broker, and ends them. */
export class Units {
  readonly lost: AbortSignal;
  readonly #sender: Sender;
  readonly #answers = new Map<unknown, (answer: Answer | undefined) => void>();

  private constructor(sender: Sender, lost: AbortSignal) {
    this.#sender = sender;
    this.lost = lost;
    sender.on('settled', ({ delivery }: EventContext) => this.#answers.get(delivery)?.(delivery?.remote_state as Answer | undefined));
  }

  /** Throws as links do: WB_AMQP_ADDRESS where the broker has no transactions. */
  static async open(wire: Wire, signal: AbortSignal): Promise<Units> {
    const address = 'the coordinator of transactions';
    const sender = openSenderTo(wire.session, coordinatorTarget());
    const lost = lossOf(sender, 'sender', wire, address);
    await whenOpen(sender, 'sender', { lost, signal, address });
    return new Units(sender, lost);
  }

  async begin(): Promise<Unit> {
    const answer = await this.#ask(declaration);
    if (answer?.declared) return new Unit(this, answer.declared);
    throw errors.WB_AMQP_ROLLED_BACK(`The broker begins no transaction: ${reasonOf(answer?.error)}.`, { outcome: 'not-sent' });
  }

  /** Throws WB_AMQP_ROLLED_BACK, or WB_AMQP_NO_ANSWER when nobody knows. */
  async end(transaction: Buffer, outcome: 'commit' | 'roll back'): Promise<void> {
    const answer = await this.#ask(discharge(transaction, outcome === 'roll back'));
    if (answer?.constructor.composite_type === 'accepted') return;
    throw errors.WB_AMQP_ROLLED_BACK(`The transaction was rolled back: ${reasonOf(answer?.error)}.`, { outcome: 'not-sent' });
  }

  async #ask(body: Buffer): Promise<Answer | undefined> {
    if (this.lost.aborted) throw this.lost.reason;
    const { promise, resolve, reject } = Promise.withResolvers<Answer | undefined>();
    // The format is given: the library then takes the bytes as they are.
    const delivery = this.#sender.send(body, undefined, 0);
    this.#answers.set(delivery, resolve);
    const onLost = (): void =>
      reject(errors.WB_AMQP_NO_ANSWER('Nobody knows how the transaction has ended: the connection has.', { outcome: 'unknown' }));
    this.lost.addEventListener('abort', onLost, { once: true });
    try {
      return await promise;
    } finally {
      this.#answers.delete(delivery);
      this.lost.removeEventListener('abort', onLost);
    }
  }
}

/** One transaction: what is sent and accepted in it happens when it is committed, all of it or nothing. */
export class Unit {
  readonly #units: Units;
  readonly #id: Buffer;

  constructor(units: Units, id: Buffer) {
    this.#units = units;
    this.#id = id;
  }

  send(link: SendingLink, message: WireMessage, signal: AbortSignal): Promise<void> {
    const tag = link.nextTag();
    joinTransaction(tag, this.#id);
    return link.send(message, signal, tag);
  }

  accept(link: ReceivingLink, { delivery }: Arrival): Promise<void> {
    return link.settle(() => acceptInTransaction(delivery, this.#id));
  }

  commit(): Promise<void> {
    return this.#units.end(this.#id, 'commit');
  }

  rollBack(): Promise<void> {
    return this.#units.end(this.#id, 'roll back');
  }
}

/** A section with one value: a list without fields, "declare" (AMQP 1.0, part 4.5.2). */
const declaration = Buffer.from([0x00, 0x53, 0x77, 0x00, 0x53, 0x31, 0x45]);

/** "discharge" (part 4.5.3): the transaction, and whether it fails. */
function discharge(transaction: Buffer, fails: boolean): Buffer {
  const id = Buffer.concat([Buffer.from([0xa0, transaction.length]), transaction]);
  const head = [0x00, 0x53, 0x77, 0x00, 0x53, 0x32, 0xc0, 1 + id.length + 1, 2];
  return Buffer.concat([Buffer.from(head), id, Buffer.from([fails ? 0x41 : 0x42])]);
}
