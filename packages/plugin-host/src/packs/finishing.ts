import {
  type Answer,
  type Judgement,
  type Message,
  type MessagePackDefinition,
  type MessageType,
  newMessageId,
  type Receipt,
  type SendOptions,
  TransportError,
} from '@waybill/contract';
import { asTransportError, callPack } from '../calling/call-plugin.ts';
import { Readable } from './readable.ts';

/** A message type together with its pack. */
interface OfPack {
  readonly pack: MessagePackDefinition;
  readonly type: MessageType;
}

/** What is known of one attempt to send. */
export type Sending = Pick<SendOptions, 'to' | 'note'> & {
  /** What the pack of the message does about it meanwhile, where it does anything. */
  readonly finishing?: Finishing | undefined;
};

/** What the pack of an outbound message does about it while it is sent. */
export class Finishing {
  readonly #known: OfPack;
  readonly #options: Readonly<Record<string, unknown>>;
  /** The answer of the far side is wanted. */
  readonly judges: boolean;

  /** `options`: what the outbound entry sets for the pack. */
  constructor(known: OfPack, options: Readonly<Record<string, unknown>>) {
    this.#known = known;
    this.#options = options;
    this.judges = known.pack.judge !== undefined;
  }

  /** The message as it goes out, to be kept nowhere. Throws what the pack throws. */
  complete(message: Message): Message {
    const { pack, type } = this.#known;
    const body = callPack(pack, 'completing', () => pack.complete?.(type, message, this.#options));
    return body ? { ...message, body } : message;
  }

  /** What became of a message by its answer; where there is none, or the pack says nothing of it, by what its transport says. */
  async judged(sending: Promise<Receipt>): Promise<Receipt> {
    let receipt: Receipt | undefined;
    let failure: TransportError | undefined;
    try {
      receipt = await sending;
    } catch (cause) {
      failure = asTransportError(cause, 'Sending');
    }
    const answer = receipt?.answer ?? failure?.answer;
    const judgement = answer && this.#judge(answer);
    if (judgement?.outcome === 'sent') return { ...receipt, detail: judgement.detail ?? receipt?.detail };
    if (judgement) throw failureBy(judgement, failure);
    if (failure) throw failure;
    return receipt ?? {};
  }

  #judge(answer: Answer): Judgement | undefined {
    const { pack, type } = this.#known;
    const { isGuess: _, ...form } = new Readable({ ...answer, id: newMessageId(), createdAt: Date.now() }).anyhow(pack);
    return callPack(pack, 'judging the answer to', () => pack.judge?.(type, form, this.#options));
  }
}

function failureBy(
  { outcome, error }: Exclude<Judgement, { readonly outcome: 'sent' }>,
  failure: TransportError | undefined,
): TransportError {
  const { code, message, hint, kind, at, retryAfter = failure?.retryAfter } = error;
  return new TransportError(code, message, { hint, kind, at, retryAfter, outcome, retryable: outcome === 'not-sent', cause: error });
}
