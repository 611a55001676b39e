import type { Delivery, InboxState, KeptMessage, ReceiveGuarantees, Settlement, WaybillError } from '@waybill/contract';
import { isWaybillError, MessageError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { backoff } from '../backoff.ts';
import { remedy } from '../errors.ts';
import { digestOf, freshTrace } from '../ids.ts';
import { errorFields } from '../log.ts';
import type { Outcome } from '../observe.ts';
import { reasonOf } from '../reason.ts';
import { type AttemptResult, admit, attempt, composeErrorReply, recognise, type Work } from './attempt.ts';
import { Gate } from './gate.ts';
import { failureFields, type Hand, observationOf } from './hand.ts';
import { inboxKey } from './inbox-key.ts';
import type { InboundServices } from './services.ts';

const accepted: Settlement = { outcome: 'accepted' };
const acceptedAsStored: Settlement = { outcome: 'accepted', stored: true };

/** A message that is handed out this often without an outcome ends the process each time; the policy's attempts are failures that were seen. */
const handOutsWithoutOutcome = 10;

/** The digest of a message that nobody can send again, because nobody but us knows its id. */
const neverAgain = 'fresh';

/** Takes the deliveries of one inbound entry and decides their settlement. */
export class Intake {
  readonly #entry: CheckedInbound;
  readonly #guarantees: ReceiveGuarantees;
  readonly #services: InboundServices;
  readonly #gate: Gate;
  readonly #inProgress = new Set<string>();
  readonly #stored: () => void;
  readonly #stop: AbortSignal;

  /** `stored` is called when a message waits in the journal; `stop` aborts when nothing new is taken. */
  constructor(
    entry: CheckedInbound,
    guarantees: ReceiveGuarantees,
    services: InboundServices,
    hooks: { readonly stored: () => void; readonly stop: AbortSignal },
  ) {
    this.#entry = entry;
    this.#guarantees = guarantees;
    this.#services = services;
    this.#gate = new Gate(entry.order === 'serial' ? 1 : entry.concurrency);
    this.#stored = hooks.stored;
    this.#stop = hooks.stop;
  }

  get inHand(): number {
    return this.#gate.inside;
  }

  /** The `deliver` that the transport calls: always resolves. */
  readonly deliver = async (delivery: Delivery): Promise<Settlement> => {
    const wait = this.#gate.enter();
    if (wait) await wait;
    try {
      return await this.#take(delivery);
    } catch (error) {
      return this.#unsettled(delivery, error);
    } finally {
      this.#gate.leave();
    }
  };

  async #take(delivery: Delivery): Promise<Settlement> {
    if (this.#stop.aborted) return again('WB_KERNEL_STOPPING', 'The kernel is stopping.', 0);
    const { message, principal } = delivery;
    const key = inboxKey(this.#entry.name, message.id, principal);
    if (this.#inProgress.has(key.id)) return again('WB_MESSAGE_IN_PROGRESS', 'A message with this id is being worked on.', 1_000);
    this.#inProgress.add(key.id);
    try {
      const hand: Hand = {
        delivery,
        key,
        digest: delivery.fresh ? neverAgain : digestOf(message.body),
        trace: freshTrace(),
        since: performance.now(),
        failures: 0,
      };
      if (delivery.fresh) return await this.#work(hand);
      return await this.#settleKnown(hand, await this.#services.journal.find(key));
    } finally {
      this.#inProgress.delete(key.id);
    }
  }

  /** Answers from the journal what is finished there, and works on the rest. */
  async #settleKnown(hand: Hand, known: InboxState): Promise<Settlement> {
    if (known.state !== 'unknown' && known.digest !== hand.digest) return this.#refuseReusedId(hand);
    switch (known.state) {
      case 'done':
        this.#observe(hand, { legs: [] }, 'duplicate');
        return known.reply ? { outcome: 'accepted', reply: known.reply } : accepted;
      case 'parked':
        return this.#settleParkedAgain(hand, known.code, known.reason);
      case 'stored':
        this.#observe(hand, { legs: [] }, 'duplicate');
        return acceptedAsStored;
      case 'waiting':
        hand.failures = known.attempts;
        return this.#work(hand);
      case 'unknown':
        return this.#work(hand);
    }
  }

  #work(hand: Hand): Promise<Settlement> {
    if ((hand.delivery.attempt ?? 1) > 2 * this.#entry.retry.attempts + handOutsWithoutOutcome) return this.#giveUpUntried(hand);
    return this.#entry.accept === 'stored' ? this.#store(hand) : this.#process(hand);
  }

  async #store(hand: Hand): Promise<Settlement> {
    const result: AttemptResult = { legs: [] };
    try {
      if (hand.delivery.defect) throw hand.delivery.defect;
      result.known = recognise(this.#services, hand.delivery.message);
      admit(this.#entry, result.known);
    } catch (error) {
      if (!isWaybillError(error)) throw error;
      result.reply = composeErrorReply(result, error, this.#workOf(hand), this.#services);
      return this.#fail(hand, result, error);
    }
    await this.#services.journal.store(hand.key, this.#kept(hand, result), this.#services.clock.now());
    this.#observe(hand, result, 'stored');
    this.#stored();
    return acceptedAsStored;
  }

  async #process(hand: Hand): Promise<Settlement> {
    for (;;) {
      const result = await attempt(this.#entry, this.#services, this.#workOf(hand));
      if (!result.error) return this.#finish(hand, result);
      const { order, retry } = this.#entry;
      const mayRetryHere = order === 'serial' && !hand.delivery.waits && result.error.retryable && hand.failures + 1 < retry.attempts;
      if (!mayRetryHere) return this.#fail(hand, result, result.error);
      const settlement = await this.#retryInPlace(hand, result, result.error);
      if (settlement) return settlement;
    }
  }

  async #finish(hand: Hand, result: AttemptResult): Promise<Settlement> {
    const { journal, clock, wake } = this.#services;
    const { key, digest, trace } = hand;
    const archive = this.#entry.archive ? this.#kept(hand, result) : undefined;
    const type = result.known?.name ?? '';
    const recorded = await journal.finish({
      ...key,
      digest,
      type,
      trace,
      at: clock.now(),
      reply: result.reply,
      legs: result.legs,
      archive,
    });
    if (recorded && result.legs.length > 0) wake(result.legs);
    this.#observe(hand, result, recorded ? 'done' : 'duplicate');
    return result.reply ? { outcome: 'accepted', reply: result.reply } : accepted;
  }

  /** In a serial entry a message keeps its place: it is tried again while the listener waits, and nothing overtakes it. */
  async #retryInPlace(hand: Hand, result: AttemptResult, error: WaybillError): Promise<Settlement | undefined> {
    const wait = await this.#recordFailure(hand, error);
    this.#observe(hand, result, 'retry', error);
    await this.#services.clock.sleep(wait, this.#stop);
    return this.#stop.aborted ? again('WB_KERNEL_STOPPING', 'The kernel is stopping.', 0) : undefined;
  }

  async #fail(hand: Hand, result: AttemptResult, error: WaybillError): Promise<Settlement> {
    this.#log(hand, result, error);
    if (hand.delivery.waits) return this.#tellSender(hand, result, error);
    const spent = hand.failures + 1 >= this.#entry.retry.attempts;
    if (!error.retryable || spent) return this.#park(hand, result, error);
    if (!this.#guarantees.redelivers) await this.#services.journal.store(hand.key, this.#kept(hand, result), this.#services.clock.now());
    const after = await this.#recordFailure(hand, error);
    this.#observe(hand, result, 'retry', error);
    if (this.#guarantees.redelivers) return again(error.code, reasonOf(error), after);
    this.#stored();
    return acceptedAsStored;
  }

  /** The sender is told and decides itself what to do; keeping the message as well would only fill the journal. */
  #tellSender(hand: Hand, result: AttemptResult, error: WaybillError): Settlement {
    const { code } = error;
    const reason = reasonOf(error);
    this.#observe(hand, result, error.retryable ? 'retry' : 'rejected', error);
    if (!error.retryable) return { outcome: 'rejected', code, reason, reply: result.reply };
    return { outcome: 'retry', after: backoff(this.#entry.retry, 1), code, reason, reply: result.reply };
  }

  async #park(hand: Hand, result: AttemptResult, error: WaybillError): Promise<Settlement> {
    const { code } = error;
    const reason = reasonOf(error);
    await this.#services.journal.park(hand.key, this.#kept(hand, result), { at: this.#services.clock.now(), code, reason });
    this.#observe(hand, result, 'parked', error);
    return { outcome: 'rejected', code, reason, reply: result.reply };
  }

  async #recordFailure(hand: Hand, error: WaybillError): Promise<number> {
    hand.failures++;
    const { clock, journal } = this.#services;
    const at = clock.now();
    const wait = backoff(this.#entry.retry, hand.failures);
    const { digest, trace, key } = hand;
    await journal.failed(key, { at, code: error.code, reason: reasonOf(error), digest, trace, due: at + wait });
    return wait;
  }

  #giveUpUntried(hand: Hand): Promise<Settlement> {
    const text = `The message was handed out ${hand.delivery.attempt} times without any outcome.`;
    return this.#fail(hand, { legs: [] }, new MessageError('WB_ATTEMPTS_SPENT', text, { hint: remedy('WB_ATTEMPTS_SPENT') }));
  }

  /** The process ended between parking a message and telling its transport; the sender may still lack its error reply. */
  #settleParkedAgain(hand: Hand, code: string, reason: string): Settlement {
    const error = new MessageError(code as `WB_${string}`, reason);
    const result = this.#untried(hand, error);
    this.#observe(hand, result, 'duplicate', error);
    return { outcome: 'rejected', code, reason, reply: result.reply };
  }

  /** Another message under an id that is taken. It is kept under an id of its own, so that neither is lost. */
  #refuseReusedId(hand: Hand): Promise<Settlement> {
    const error = new MessageError('WB_MESSAGE_ID_REUSED', `The id ${hand.key.id} belongs to an earlier message with another body.`, {
      hint: remedy('WB_MESSAGE_ID_REUSED'),
    });
    return this.#fail({ ...hand, key: { ...hand.key, id: `${hand.key.id}#${hand.digest}` } }, this.#untried(hand, error), error);
  }

  /** The result for a message that is not worked on, with the reply that its sender gets. */
  #untried(hand: Hand, error: WaybillError): AttemptResult {
    const result: AttemptResult = { legs: [] };
    try {
      result.known = this.#services.registry.recognise(hand.delivery.message);
    } catch {
      // It is not even readable: then there is no typed reply either.
    }
    result.reply = composeErrorReply(result, error, this.#workOf(hand), this.#services);
    return result;
  }

  #unsettled(delivery: Delivery, error: unknown): Settlement {
    const { code = 'WB_PLUGIN_FAILED', message = String(error) } = isWaybillError(error)
      ? error
      : { message: error instanceof Error ? error.message : undefined };
    this.#services.log.error(
      { entry: this.#entry.name, messageId: delivery.message.id, ...errorFields(error) },
      'message could not be settled, it comes again',
    );
    return again(code, message, backoff(this.#entry.retry, 1));
  }

  #workOf({ delivery, failures, trace }: Hand): Work {
    const { message, principal, defect } = delivery;
    return { message, principal, abandoned: () => delivery.abandoned, defect, attempt: failures + 1, trace };
  }

  #kept({ delivery: { message, principal }, digest, trace }: Hand, { known }: AttemptResult): KeptMessage {
    return { message, digest, principal, trace, type: known?.name };
  }

  #log(hand: Hand, result: AttemptResult, error: WaybillError): void {
    this.#services.log.warn(failureFields(hand, result, error), error.retryable ? 'message failed' : 'message refused');
  }

  #observe(hand: Hand, result: AttemptResult, outcome: Outcome, error?: WaybillError): void {
    if (!this.#services.observers.watched) return;
    const { connection, name } = this.#entry;
    this.#services.observers.tell(
      observationOf(hand, result, {
        name,
        connection: connection.name,
        transport: connection.plugin.card.name,
        outcome,
        error,
        at: this.#services.clock.now(),
      }),
    );
  }
}

function again(code: string, reason: string, after: number): Settlement {
  return { outcome: 'retry', after, code, reason };
}
