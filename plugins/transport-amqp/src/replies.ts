import { isWaybillError, type Message, type TransportError } from '@waybill/contract';
import { errors } from './errors.ts';
import { toWire } from './message.ts';
import type { Profile } from './profiles.ts';
import type { Source } from './settings.ts';
import type { Arrival, ReceivingLink } from './wire/receiving-link.ts';
import { SendingLink } from './wire/sending-link.ts';
import { Units } from './wire/units.ts';
import type { Wire } from './wire/wire.ts';

/** How many addresses are kept open for further replies. Requesters often have one of their own for each connection of theirs. */
const most = 32;
/** How long the broker may take to let a reply come, in milliseconds. */
const patience = 5_000;

/** Sends the replies of a listener to the addresses that messages name. */
export class Replies {
  readonly #wire: Wire;
  readonly #profile: Profile;
  readonly #allowed: Source['replyQueues'];
  /** The one that was used last stands last. */
  readonly #links = new Map<string, Promise<SendingLink>>();
  readonly #units: Units | undefined;

  private constructor(wire: Wire, profile: Profile, { replyQueues }: Source, units: Units | undefined) {
    this.#wire = wire;
    this.#profile = profile;
    this.#allowed = replyQueues;
    this.#units = units;
  }

  /** Throws as links do: WB_AMQP_ADDRESS where the broker has no transactions although its kind should. */
  static async open(wire: Wire, profile: Profile, source: Source, signal: AbortSignal): Promise<Replies> {
    return new Replies(wire, profile, source, profile.hasUnits ? await Units.open(wire, signal) : undefined);
  }

  /** Throws WB_AMQP_REPLY_REFUSED, and what links throw. */
  async put(reply: Message, to: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw givenUp(to);
    const link = await this.#linkTo(to, signal);
    await link.send(this.#message(reply, to), signal);
  }

  /**
   * Sends the reply to a message, where the broker has transactions together with its removal. Answers `both` when both have
   * happened, `put` when the reply was sent, and the error when it was not. Throws when nobody knows, or when the connection has ended.
   */
  async putWith(reply: Message, to: string, link: ReceivingLink, arrival: Arrival): Promise<'both' | 'put' | TransportError> {
    const signal = AbortSignal.timeout(patience);
    try {
      if (!this.#units) {
        await this.put(reply, to, signal);
        return 'put';
      }
      await this.#putInUnit(this.#units, reply, to, { link, arrival, signal });
      return 'both';
    } catch (error) {
      // With the link the message goes as well, and comes again with its reply.
      if (link.lost.aborted || !isWaybillError(error) || error.code === errors.WB_AMQP_ROLLED_BACK.code) throw error;
      return error as TransportError;
    }
  }

  async #putInUnit(
    units: Units,
    reply: Message,
    to: string,
    { link, arrival, signal }: { readonly link: ReceivingLink; readonly arrival: Arrival; readonly signal: AbortSignal },
  ): Promise<void> {
    const target = await this.#linkTo(to, signal);
    const unit = await units.begin();
    try {
      await unit.send(target, this.#message(reply, to), signal);
    } catch (error) {
      await unit.rollBack();
      // Rolled back, it has surely not been sent.
      if (isWaybillError(error) && error.code === errors.WB_AMQP_NO_ANSWER.code) throw givenUp(to);
      throw error;
    }
    await unit.accept(link, arrival);
    await unit.commit();
  }

  #message(reply: Message, address: string) {
    return toWire(reply, { address }, this.#profile);
  }

  async #linkTo(to: string, signal: AbortSignal): Promise<SendingLink> {
    if (this.#allowed && !this.#allowed.includes(to)) throw errors.WB_AMQP_REPLY_REFUSED(`Replies may not go to ${to}.`);
    const opening = this.#links.get(to) ?? SendingLink.open(this.#wire, { address: to, capabilities: this.#profile.queue }, signal);
    this.#links.delete(to);
    this.#links.set(to, opening);
    try {
      const link = await opening;
      if (!link.lost.aborted || this.#wire.lost.aborted) return link;
    } catch (error) {
      if (this.#links.get(to) === opening) this.#links.delete(to);
      throw error;
    } finally {
      await this.#closeOldest();
    }
    // The broker has ended it since the last reply.
    this.#links.delete(to);
    return this.#linkTo(to, signal);
  }

  async #closeOldest(): Promise<void> {
    if (this.#links.size <= most) return;
    for (const [address, opening] of this.#links) {
      const link = await opening.catch(() => undefined);
      if (!link?.isIdle) continue;
      this.#links.delete(address);
      return link.close();
    }
  }
}

function givenUp(to: string): TransportError {
  return errors.WB_AMQP_GIVEN_UP(`The time for the reply to ${to} was over.`, { outcome: 'not-sent' });
}
