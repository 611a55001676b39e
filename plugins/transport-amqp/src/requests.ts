import type { Message, RequestOptions, SendContext } from '@waybill/contract';
import { errors } from './errors.ts';
import { fromWire } from './message.ts';
import type { Profile } from './profiles.ts';
import type { Target } from './settings.ts';
import { type Arrival, ReceivingLink } from './wire/receiving-link.ts';
import type { Wire } from './wire/wire.ts';

/** How many replies may be on their way here at a time. */
const window = 50;
/** How many requests that have timed out are remembered, in case their replies still come. */
const mostLate = 100;

/** Awaits the replies to the requests of one sender. */
export class Requests {
  readonly #wire: Wire;
  readonly #target: Target;
  readonly #profile: Profile;
  readonly #context: Pick<SendContext, 'late' | 'log'>;
  readonly #waiting = new Map<string, (reply: Message) => void>();
  /** Ids of requests that have timed out, the oldest first. */
  readonly #late = new Set<string>();
  readonly #settling = new Set<Promise<void>>();
  #opening: Promise<ReceivingLink> | undefined;

  constructor(wire: Wire, target: Target, profile: Profile, context: Pick<SendContext, 'late' | 'log'>) {
    this.#wire = wire;
    this.#target = target;
    this.#profile = profile;
    this.#context = context;
  }

  /** Where replies are awaited, from now on. Throws as links do. */
  async address(signal: AbortSignal): Promise<string> {
    this.#opening ??= this.#open(signal);
    try {
      const link = await this.#opening;
      if (link.lost.aborted) throw link.lost.reason;
      return link.address;
    } catch (error) {
      if (!this.#wire.lost.aborted) this.#opening = undefined;
      throw error;
    }
  }

  /** The reply to the message with this id. Throws WB_AMQP_NO_REPLY when its time is over, WB_AMQP_NO_ANSWER when the connection ends. */
  async await(id: string, { signal, timeout }: RequestOptions): Promise<Message> {
    const link = await this.#opening;
    const { promise, resolve, reject } = Promise.withResolvers<Message>();
    const onTime = (): void => reject(errors.WB_AMQP_NO_REPLY(`No reply came within ${timeout} ms.`, { outcome: 'unknown' }));
    const onAbort = (): void => reject(errors.WB_AMQP_NO_REPLY('No reply had come when the time was over.', { outcome: 'unknown' }));
    const onLost = (): void => reject(errors.WB_AMQP_NO_ANSWER('The connection ended before a reply had come.', { outcome: 'unknown' }));
    const timer = setTimeout(onTime, timeout);
    signal.addEventListener('abort', onAbort, { once: true });
    link?.lost.addEventListener('abort', onLost, { once: true });
    if (link?.lost.aborted) onLost();
    this.#waiting.set(id, resolve);
    try {
      return await promise;
    } catch (error) {
      this.#isLate(id);
      throw error;
    } finally {
      this.#waiting.delete(id);
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      link?.lost.removeEventListener('abort', onLost);
    }
  }

  #isLate(id: string): void {
    const [oldest] = this.#late;
    if (oldest !== undefined && this.#late.size >= mostLate) this.#late.delete(oldest);
    this.#late.add(id);
  }

  async #open(signal: AbortSignal): Promise<ReceivingLink> {
    const { replyQueue } = this.#target;
    const { queue, temporaryQueue } = this.#profile;
    const from = replyQueue === undefined ? { dynamic: true, capabilities: temporaryQueue } : { address: replyQueue, capabilities: queue };
    const link: ReceivingLink = await ReceivingLink.open(this.#wire, from, (arrival) => this.#arrived(link, arrival), signal);
    link.give(window);
    return link;
  }

  #arrived(link: ReceivingLink, arrival: Arrival): void {
    const reply = this.#read(arrival);
    const id = reply?.correlationId ?? '';
    const resolve = this.#waiting.get(id);
    const isLate = this.#late.delete(id);
    if (reply && resolve) resolve(reply);
    else if (reply && isLate) this.#context.late(reply);
    else this.#context.log.warn({ correlationId: id }, 'a reply came to which nobody has asked');
    // At an address that others may use as well it is left to them.
    const isForeign = !resolve && !isLate && this.#target.replyQueue !== undefined;
    const settling = (isForeign ? link.pass(arrival) : link.accept(arrival)).then(() => {
      this.#settling.delete(settling);
      link.give(1);
    });
    this.#settling.add(settling);
  }

  /** Resolves when it was said of every reply that it is taken: of others the broker would think that nobody had them. */
  async settled(): Promise<void> {
    await Promise.all(this.#settling);
  }

  #read({ message: wire }: Arrival): Message | undefined {
    if (!wire) return undefined;
    const { message, defect } = fromWire(wire, this.#target.replyLimit);
    if (defect) this.#context.log.warn({ code: defect.code, reason: defect.message }, 'a reply cannot be read');
    return defect ? undefined : { ...message, id: message.id ?? '', createdAt: message.createdAt ?? Date.now() };
  }
}
