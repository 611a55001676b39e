import type { Delivery, InboxKey, WaybillError } from '@waybill/contract';
import { errorFields } from '../log.ts';
import type { Observation, Outcome } from '../observe.ts';
import { reasonOf } from '../reason.ts';
import type { AttemptResult } from './attempt.ts';

/** What one hand-out is about. */
export interface Hand {
  readonly delivery: Delivery;
  readonly key: InboxKey;
  readonly digest: string;
  readonly trace: string;
  readonly since: number;
  /** Attempts that failed before this hand-out. */
  failures: number;
}

interface Seen {
  readonly name: string;
  readonly connection: string;
  readonly transport: string;
  readonly outcome: Outcome;
  readonly error: WaybillError | undefined;
  readonly at: number;
}

/** What observers are told of a hand-out. */
export function observationOf(hand: Hand, { known, read, reply, store }: AttemptResult, { error, ...seen }: Seen): Observation {
  const { delivery, failures, trace, since } = hand;
  const told = {
    code: error?.code,
    reason: error && reasonOf(error),
    reply: reply?.type,
    store,
    subject: read?.command,
    type: known?.name,
  };
  return { direction: 'in', ...seen, ...told, id: delivery.message.id, trace, attempt: failures + 1, took: performance.now() - since };
}

/** The fields under which a failed hand-out is logged. */
export function failureFields({ key, trace, failures }: Hand, { known }: AttemptResult, error: WaybillError): object {
  const { entry, id: messageId } = key;
  return { entry, messageId, messageType: known?.name, trace, attempt: failures + 1, ...errorFields(error) };
}
