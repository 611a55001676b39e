import { isWaybillError, type TransportError, type TransportErrorOptions } from '@waybill/contract';
import { errors } from '../errors.ts';
import { MqFailure } from './mq-failure.ts';
import { groupOf, wordsFor } from './reasons.ts';

/** A missing authority or a wrong name is not corrected within seconds, and each attempt stands in the log of the queue manager. */
const slowly = 30_000;
const quiescingFor = 5_000;

/** The reason of an exit that ended the client is told by the queue manager only. */
const makes = {
  gone: errors.WB_MQ_UNREACHABLE,
  quiescing: errors.WB_MQ_QUIESCING,
  closed: errors.WB_MQ_QUEUE_CLOSED,
  forbidden: errors.WB_MQ_NOT_AUTHORIZED,
  configuration: errors.WB_MQ_CONFIGURATION,
  message: errors.WB_MQ_REFUSED,
  limit: errors.WB_MQ_LIMIT,
  'backed-out': errors.WB_MQ_BACKED_OUT,
} as const;

/**
 * What a failure of a handle means to the kernel. `what` begins the sentence, such as "Queue ORDERS cannot be opened". `opening`: settings
 * that are wrong are final then; a queue that is gone later on may come back.
 */
export function errorOf(failure: unknown, what: string, { opening = false } = {}): TransportError {
  if (isWaybillError(failure)) return failure as TransportError;
  if (!(failure instanceof MqFailure)) return errors.WB_MQ_FAILED(`${what}: ${String(failure)}`, { cause: failure });
  const { verb, reason, message } = failure;
  if (verb === 'load') return errors.WB_MQ_NO_LIBRARY(`${what}: ${message}.`, { cause: failure });
  const group = groupOf(reason);
  if (verb === 'commit' && group !== 'backed-out')
    return errors.WB_MQ_DOUBT(`${what}: ${doubtOf(failure)}.`, { outcome: 'unknown', cause: failure });
  if (verb === 'host') return errors.WB_MQ_HOST_ENDED(`${what}: ${message}.`, { connectionLost: true, cause: failure });
  if (!group) return errors.WB_MQ_FAILED(`${what}: ${wordsFor(reason)}: ${message}.`, { cause: failure });
  return makes[group](`${what}: ${wordsFor(reason)}.`, { ...waysOf(group, opening), cause: failure });
}

function doubtOf({ reason, message }: MqFailure): string {
  return reason === 0 ? message : wordsFor(reason);
}

function waysOf(group: keyof typeof makes, opening: boolean): TransportErrorOptions {
  switch (group) {
    case 'gone':
      return { connectionLost: true };
    case 'quiescing':
      return { connectionLost: true, retryAfter: quiescingFor };
    case 'forbidden':
      return { retryAfter: slowly };
    case 'configuration':
      return opening ? {} : { kind: 'unavailable', retryable: true, retryAfter: slowly };
    case 'closed':
    case 'message':
    case 'limit':
    case 'backed-out':
      return {};
  }
}

/** Whether the handle is of no use any more. */
export function isLost(failure: unknown): boolean {
  if (!(failure instanceof MqFailure)) return true;
  const group = groupOf(failure.reason);
  return failure.verb === 'host' || failure.verb === 'commit' || failure.verb === 'backout' || group === 'gone' || group === 'quiescing';
}
