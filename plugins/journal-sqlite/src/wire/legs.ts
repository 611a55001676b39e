import type { Failure, Leg, OutboxEnding, OutboxJob, RecipientOutcome } from '@waybill/contract';
import { ownBytes } from '@waybill/sqlite';
import { failureRow, keysOf, keysRow, millisecondsOf } from './facts.ts';
import { messageOf, metaOf, wireMessage } from './message.ts';
import type { LegRow, OutboxEndingRow, OutboxJobRow } from './operations.ts';

export function legRow(leg: Leg): LegRow {
  const { message, entry, event, type, store, cause, trace, orderKey, businessKeys, uncomposed } = leg;
  return [
    entry,
    message.id,
    event,
    type,
    store ?? null,
    cause ?? null,
    trace,
    orderKey ?? null,
    keysRow(businessKeys),
    uncomposed === undefined ? null : JSON.stringify(uncomposed),
    metaOf(message),
    ownBytes(message.body),
  ];
}

export function legOf(row: LegRow): Leg {
  const [entry, , event, type, store, cause, trace, orderKey, keys, uncomposed, meta, body] = row;
  return {
    message: messageOf([meta, body]),
    entry,
    event,
    type,
    store: store ?? undefined,
    cause: cause ?? undefined,
    trace,
    orderKey: orderKey ?? undefined,
    businessKeys: keysOf(keys),
    uncomposed: uncomposed === null ? undefined : (JSON.parse(uncomposed) as Failure & { readonly blocks?: boolean }),
  };
}

export function outboxJobOf({ leg, token, attempts, unresolved, publishedAt, recipients }: OutboxJobRow): OutboxJob {
  const [owner, version] = token;
  return { leg: legOf(leg), token: { owner, version }, attempts, unresolved, publishedAt, recipients: recipientsOf(recipients) };
}

export function recipientsOf(recipients: string | null): readonly RecipientOutcome[] | undefined {
  return recipients === null ? undefined : (JSON.parse(recipients) as readonly RecipientOutcome[]);
}

export function outboxEndingRow(ending: OutboxEnding): OutboxEndingRow {
  switch (ending.outcome) {
    case 'sent': {
      const { detail = null, receipt = null, recipients, reply, archive } = ending;
      return ['sent', detail, receipt, recipientsRow(recipients), reply ? wireMessage(reply) : null, archive];
    }
    case 'again': {
      const { dueIn, failure, attempts, recipients } = ending;
      return ['again', millisecondsOf(dueIn), failure ? failureRow(failure) : null, attempts, recipientsRow(recipients)];
    }
    case 'parked':
      return ['parked', failureRow(ending.failure), ending.attempts, ending.blocks, recipientsRow(ending.recipients)];
    case 'failed':
      return ['failed', failureRow(ending.failure)];
    case 'released':
      return ['released'];
  }
}

function recipientsRow(recipients: readonly RecipientOutcome[] | undefined): string | null {
  return recipients === undefined ? null : JSON.stringify(recipients);
}

/** Bytes of the bodies. */
export function sizeOf(legs: readonly Leg[]): number {
  let size = 0;
  for (const { message } of legs) size += message.body.byteLength;
  return size;
}
