import type { Message, ReceiveContext, Settlement, TransportError } from '@waybill/contract';
import { errorOf, isLost } from '../handle/error-of.ts';
import type { MqCopy, MqHandle, MqMessage, MqPut, NextGet, QueueFacts } from '../handle/handle.ts';
import { MqFailure } from '../handle/mq-failure.ts';
import { groupOf } from '../handle/reasons.ts';
import type { Source } from '../settings.ts';
import { replyPut } from './reply-put.ts';
import { sleep } from './sleep.ts';

/** How long a message waits that nobody can be rid of at the moment, in milliseconds. */
const pause = 1_000;

export interface Settled {
  readonly handle: MqHandle;
  readonly got: MqMessage;
  /** Where its reply goes. */
  readonly replyTo: string | undefined;
  /** The message was handed over without its bytes. */
  readonly isCut: boolean;
  /** How the message behind this one is got, together with the commit. */
  readonly next: NextGet;
  /** Ends a pause. Nothing more is got then. */
  readonly stop: AbortSignal;
}

/** Applies settlements: what belongs to one becomes visible in one unit with the removal of the message. */
export class Settling {
  readonly #source: Source;
  readonly #facts: QueueFacts | undefined;
  readonly #context: Pick<ReceiveContext, 'log' | 'undeliverable'>;

  constructor(source: Source, facts: QueueFacts | undefined, context: Pick<ReceiveContext, 'log' | 'undeliverable'>) {
    this.#source = source;
    this.#facts = facts;
    this.#context = context;
  }

  async apply(settlement: Settlement, settled: Settled): Promise<void> {
    switch (settlement.outcome) {
      case 'accepted':
        return this.#remove(settled, settlement.reply, undefined);
      case 'rejected':
        return this.#remove(settled, settlement.reply, this.#copyFor(settled));
      case 'retry':
        return this.giveBack(settled, settlement.after);
      case 'released':
        return settled.handle.backout();
    }
  }

  /** Whether a message that was handed over without its bytes could be copied somewhere: nobody would have them otherwise. */
  get keepsCut(): boolean {
    return this.#copyFor({ isCut: true }) !== undefined;
  }

  /** The unit is kept open for the pause: after it is backed out, every reader gets the message at once. */
  async giveBack({ handle, stop }: Pick<Settled, 'handle' | 'stop'>, after: number): Promise<void> {
    await sleep(after, stop);
    await handle.backout();
  }

  /** Where the journal cannot have the bytes, the dead-letter queue is better than nothing. */
  #copyFor({ isCut }: Pick<Settled, 'isCut'>): MqCopy | undefined {
    const { rejected, queue } = this.#source;
    const { backoutQueue = '', deadLetterQueue = '' } = this.#facts ?? {};
    if (rejected === 'removed' && !isCut) return undefined;
    if (backoutQueue !== '') return { copyTo: backoutQueue, withHeader: false, from: queue };
    const isWanted = rejected === 'dead-letter-queue' || isCut;
    return isWanted && deadLetterQueue !== '' ? { copyTo: deadLetterQueue, withHeader: true, from: queue } : undefined;
  }

  async #remove(settled: Settled, reply: Message | undefined, copy: MqCopy | undefined): Promise<void> {
    const { replyTo } = settled;
    const answer = reply && replyTo !== undefined ? { reply, to: replyTo } : undefined;
    const put = answer && this.#replyPut(answer.reply, answer.to, settled);
    if (answer && put instanceof Error) return this.#removeWithout(settled, answer, put, copy);
    const puts = [put, copy].filter((one): one is MqPut | MqCopy => one !== undefined && !(one instanceof Error));
    try {
      await commit(settled, puts);
    } catch (failure) {
      if (!isRefusedPut(failure)) throw failure;
      const refused = puts[failure.place];
      if (answer && refused === put)
        return this.#removeWithout(settled, answer, errorOf(failure, `The reply cannot be put to ${answer.to}`), copy);
      await this.#commitUncopied(settled, failure);
    }
  }

  /** What is to be copied nowhere is kept by the kernel; only bytes that it does not have stay on their queue. */
  async #commitUncopied(settled: Settled, failure: MqFailure): Promise<void> {
    const { got, isCut } = settled;
    const reason = errorOf(failure, 'The rejected message cannot be copied').message;
    this.#context.log.warn({ messageId: got.msgId.toString('hex'), reason }, 'a rejected message could not be copied');
    if (isCut) return this.giveBack(settled, pause);
    await commit(settled);
  }

  #replyPut(reply: Message, to: string, { got }: Settled): MqPut | TransportError {
    try {
      return replyPut(reply, to, this.#source, got);
    } catch (error) {
      return errorOf(error, `The reply cannot be put to ${to}`);
    }
  }

  /** The message is done with only when its reply is in good hands. */
  async #removeWithout(
    settled: Settled,
    { reply, to }: { readonly reply: Message; readonly to: string },
    why: TransportError,
    copy: MqCopy | undefined,
  ): Promise<void> {
    try {
      await this.#context.undeliverable(reply, to, why);
    } catch (error) {
      const fields = { messageId: settled.got.msgId.toString('hex'), reason: why.message, cause: String(error) };
      this.#context.log.warn(fields, 'a reply could be neither put nor kept; its message goes back and comes again');
      return this.giveBack(settled, pause);
    }
    await this.#remove(settled, undefined, copy);
  }
}

async function commit({ handle, next, stop }: Settled, puts: readonly (MqPut | MqCopy)[] = []): Promise<void> {
  await handle.commit(puts, stop.aborted ? undefined : next);
}

/** A put that is refused while connection and unit are in order. */
function isRefusedPut(failure: unknown): failure is MqFailure {
  return failure instanceof MqFailure && failure.verb === 'put' && !isLost(failure) && groupOf(failure.reason) !== 'backed-out';
}
