import type { Fault, InboxState, Settlement } from '@waybill/contract';
import { MessageError } from '@waybill/contract';
import { messageErrors } from '../errors.ts';
import type { Identity } from './identify.ts';
import type { InHand } from './in-hand.ts';
import type { Ledger } from './ledger.ts';
import { errorReplyTo } from './reply.ts';
import type { InboundServices } from './services.ts';

export const accepted: Settlement = { outcome: 'accepted' };

/** The message is durable in the journal, and can be asked for under its id. */
export function acceptedAsStored({ message: { id } }: InHand): Settlement {
  return { outcome: 'accepted', stored: true, id };
}

/** Answers from the journal what has ended there. Undefined for a message that has not: it is to be worked on. */
export function answerFromJournal(
  known: InboxState,
  hand: InHand,
  identity: Identity,
  { ledger, services }: { readonly ledger: Ledger; readonly services: InboundServices },
): Settlement | undefined {
  switch (known.state) {
    case 'unknown':
    case 'waiting':
      return undefined;
    case 'done':
      ledger.news.note(hand, identity, 'duplicate', 'message was handled before, its sender gets the recorded answer');
      return known.reply ? { outcome: 'accepted', reply: known.reply } : accepted;
    case 'stored':
      ledger.news.note(hand, identity, 'duplicate', 'message was stored before');
      return acceptedAsStored(hand);
    case 'parked': {
      const { code, kind, reason } = known;
      // The process may have ended between parking the message and telling its transport; the sender may still lack its error reply.
      const error = new MessageError(code as `WB_${string}`, reason, { kind });
      ledger.news.note(hand, identity, 'duplicate', 'message was parked before', error);
      return rejected({ code, kind, reason }, errorReplyTo(identity, error, hand, services));
    }
  }
}

/** True where another message has the id. */
export function isOther(known: InboxState, { digest }: InHand): boolean {
  return known.state !== 'unknown' && known.digest !== digest;
}

/** Another message under an id that is taken: it gets an id of its own in the journal, so that neither is lost. */
export function withOwnId(hand: InHand): InHand {
  return { ...hand, key: { ...hand.key, id: `${hand.key.id}#${hand.digest}` }, failures: 0, unresolved: 0 };
}

export function reusedId({ key }: InHand): MessageError {
  return messageErrors.WB_MESSAGE_ID_REUSED(`The id ${key.id} belongs to an earlier message with another body.`);
}

export function rejected(fault: Fault, reply: Extract<Settlement, { outcome: 'rejected' }>['reply']): Settlement {
  return { outcome: 'rejected', fault, reply };
}
