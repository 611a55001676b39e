import {
  type Failure,
  type InboundFacts,
  type InboxEnding,
  type InboxState,
  type InboxStep,
  type KeptMessage,
  type Leg,
  type Message,
  newMessageId,
  type Recorded,
} from '@waybill/contract';
import { wholeEntry } from '@waybill/contract/host';
import type { CheckedInbound } from '@waybill/manifest';
import { failureOf } from '@waybill/plugin-host/kernel';
import type { Identity } from '../identity.ts';
import { type InHand, isFresh } from '../in-hand.ts';
import type { InboundServices } from '../services.ts';
import type { Decision } from './decide.ts';
import { InboundNews } from './news.ts';

/** What was decided about which message. */
export interface Decided {
  readonly hand: InHand;
  readonly identity: Identity;
  readonly decision: Decision;
}

/**
 * The one place where the outcome of a message is written: to the journal in one step, which is repeated until it is recorded;
 * to the log in one line; to the observers.
 */
export class Ledger {
  readonly #entry: CheckedInbound;
  readonly #services: InboundServices;
  readonly news: InboundNews;

  constructor(entry: CheckedInbound, services: InboundServices) {
    this.#entry = entry;
    this.#services = services;
    this.news = new InboundNews(entry, services);
  }

  /**
   * `then` makes the answer from what the journal said. Rejects only when the kernel stops before the journal could record it.
   * Whoever is answered `known` says what becomes of the message then.
   */
  settle<Answer>(decided: Decided, then: (recorded: Recorded<InboxState>, decided: Decided) => Answer | Promise<Answer>): Promise<Answer> {
    const ending = this.#endingOf(decided);
    const tell = (recorded: Recorded<InboxState>) => {
      this.#tell(decided, ending, recorded);
      return then(recorded, decided);
    };
    if (!ending) return Promise.resolve({ outcome: 'recorded' } as const).then(tell);
    const step = stepOf(decided, ending);
    return this.#services.keeper.do(() => this.#services.keeper.journal.inbox.settle(step), tell);
  }

  #tell({ hand, identity, decision }: Decided, ending: InboxEnding | undefined, { outcome }: Recorded<InboxState>): void {
    if (outcome === 'not-yours')
      this.news.note(hand, identity, 'released', 'message was taken over by another process, what was done here is not recorded');
    if (outcome !== 'recorded') return;
    if (ending && 'legs' in ending && ending.legs && ending.legs.length > 0) this.#services.wake(ending.legs);
    this.news.tell(hand, identity, decision);
  }

  /** Keeps a message to work on it later. Answers what was known of it before; undefined when this process may not store it any more. */
  async store(hand: InHand, identity: Identity): Promise<InboxState | undefined> {
    const { keeper } = this.#services;
    const kept = { ...hand.key, ...factsOf(hand, identity), ...keptOf(hand, identity) };
    const known = await keeper.do(() => keeper.journal.inbox.store(kept, hand.lease));
    if (known && (known.state === 'unknown' || known.state === 'waiting')) this.news.note(hand, identity, 'stored', 'message stored');
    return known;
  }

  /** Gives a claimed message back, untried and uncounted. */
  async release(hand: InHand): Promise<void> {
    const { keeper } = this.#services;
    const step = { ...hand.key, ...factsOf(hand, undefined), token: hand.token, ending: { outcome: 'released' } as const };
    await keeper.do(() => keeper.journal.inbox.settle(step));
  }

  #endingOf({ hand, identity, decision }: Decided): InboxEnding | undefined {
    const { archive, parked } = this.#entry;
    if (decision.do === 'finish')
      return { outcome: 'done', reply: decision.reply, legs: decision.legs, archive: archive ? keptOf(hand, identity) : undefined };
    const kept = keptOf(hand, identity);
    const failed = { failure: failureOf(decision.error, this.#services.mask), attempts: hand.failures + 1 };
    switch (decision.do) {
      case 'park':
        return {
          outcome: 'parked',
          ...failed,
          kept,
          blocks: parked === 'blocks',
          legs: [...decision.legs, ...this.#copy(kept.message, hand.trace, failed.failure)],
        };
      case 'again':
        return { outcome: 'again', ...failed, dueIn: decision.after, kept: decision.by === 'journal' ? kept : undefined };
      case 'tell':
        // Only the count is kept, for a sender who may come again under the same id.
        if (decision.after === undefined || isFresh(hand)) return undefined;
        return { outcome: 'again', ...failed, dueIn: decision.after };
    }
  }

  /** What is parked is sent to the error endpoint, too, where there is one: as it is kept, with the reason beside it. */
  #copy(message: Message, trace: string, { code, reason }: Failure): readonly Leg[] {
    const { errorsTo } = this.#entry;
    if (!errorsTo) return [];
    const properties = { ...message.properties, 'waybill-code': code, 'waybill-reason': reason };
    const copy = { ...message, id: newMessageId(), correlationId: message.id, replyTo: undefined, expiresAt: undefined, properties };
    const orderKey = errorsTo.order === 'serial' ? wholeEntry : undefined;
    return [{ entry: errorsTo.name, event: '', type: message.type ?? '', cause: message.id, trace, orderKey, message: copy }];
  }
}

function keptOf({ message, principal }: InHand, { kept }: Identity): KeptMessage {
  return kept ?? { message, principal };
}

function stepOf({ hand, identity }: Decided, ending: InboxEnding): InboxStep {
  const { known, store, businessKeys, orderKey: key } = identity;
  const { digest, trace, token, lease } = hand;
  const { entry, id } = hand.key;
  // A message whose sender was told to come again holds up nobody: perhaps it never comes.
  const orderKey = ending.outcome === 'again' && !ending.kept && !token ? undefined : key;
  return { entry, id, digest, trace, type: known?.name, store, orderKey, businessKeys, token, lease, ending };
}

/** What the journal records of a message beside its body. */
export function factsOf({ digest, trace }: InHand, identity: Identity | undefined): InboundFacts {
  const { known, store, orderKey, businessKeys } = identity ?? {};
  return { digest, trace, type: known?.name, store, orderKey, businessKeys };
}
