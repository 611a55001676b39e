import type { Message, MessagePackDefinition, MessageType, MessageTypeRef } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { concealed } from './concealing.ts';
import type { Readable } from './readable.ts';

interface Known {
  readonly pack: MessagePackDefinition;
  readonly type: Pick<MessageType, 'direction'>;
}

/** What the packs whose messages an inbound entry takes do beside reading. */
export class Taking {
  /** The pack, where the entry takes messages of one alone and it answers what nobody recognises. */
  readonly #only: MessagePackDefinition | undefined;
  readonly #waits: boolean;
  /** The message as it may be kept. Undefined where no pack has anything to conceal. Throws what a pack throws. */
  readonly conceal: ((readable: Readable) => Message) | undefined;

  constructor(packs: readonly MessagePackDefinition[], { messages, connection }: Pick<CheckedInbound, 'messages' | 'connection'>) {
    const taken = packs.filter((pack) => isTaken(pack, messages));
    const [first] = taken;
    this.#only = taken.length === 1 && first?.replyToUnknown !== undefined ? first : undefined;
    this.#waits = connection.plugin.card.receive?.guarantees.waits ?? false;
    const concealing = taken.filter((pack) => pack.conceal !== undefined);
    this.conceal = concealing.length > 0 ? (readable) => concealed(concealing, readable) : undefined;
  }

  /**
   * The pack that answers what is none of its messages; undefined where there is none. What is only ever sent out is answered to senders who
   * wait for this very answer, and to nobody else: two systems could go on like that for ever.
   */
  answersFor(known: Known | undefined): MessagePackDefinition | undefined {
    if (!known) return this.#only;
    const isStrange = known.type.direction === 'out' || known.pack !== this.#only;
    return isStrange && (this.#waits || known.type.direction === 'in') ? this.#only : undefined;
  }
}

/** Without a list, an entry takes whatever comes in. */
function isTaken(pack: MessagePackDefinition, listed: readonly MessageTypeRef[] | undefined): boolean {
  const isListed = ({ name, version }: MessageTypeRef): boolean =>
    listed?.some((ref) => ref.name === name && ref.version === version) ?? true;
  return pack.messages.some((type) => type.direction === 'in' && isListed(type));
}
