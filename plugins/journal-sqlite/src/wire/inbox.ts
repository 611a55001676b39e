import type { InboxEnding, InboxJob, InboxState } from '@waybill/contract';
import { failureOf, failureRow, keysOf, millisecondsOf } from './facts.ts';
import { legRow } from './legs.ts';
import { keptOf, messageOf, wireKept, wireMessage } from './message.ts';
import type { FoundRow, InboxEndingRow, InboxJobRow } from './operations.ts';
import { inbound, stateNamed } from './states.ts';

export function inboxEndingRow(ending: InboxEnding): InboxEndingRow {
  switch (ending.outcome) {
    case 'done':
      return [
        'done',
        ending.reply ? wireMessage(ending.reply) : null,
        ending.legs.map(legRow),
        ending.archive ? wireKept(ending.archive) : null,
      ];
    case 'again': {
      const { failure, attempts, dueIn, kept } = ending;
      return ['again', failureRow(failure), attempts, millisecondsOf(dueIn), kept ? wireKept(kept) : null];
    }
    case 'parked':
      return ['parked', failureRow(ending.failure), ending.attempts, wireKept(ending.kept), ending.blocks, (ending.legs ?? []).map(legRow)];
    case 'released':
      return ['released'];
  }
}

export function inboxStateOf(row: FoundRow | null): InboxState {
  if (row === null) return { state: 'unknown' };
  const { digest, trace, attempts, unresolved, failure, reply } = row;
  const state = stateNamed(inbound, row.state);
  switch (state) {
    case 'waiting':
    case 'stored':
      return { state, attempts, unresolved, digest, trace };
    case 'done':
      return { state, digest, reply: reply === null ? undefined : messageOf(reply) };
    case 'parked':
    case 'failed':
      return { state: 'parked', digest, trace, ...failureOf(failure ?? ['', 'invalid', '']) };
  }
}

export function inboxJobOf(entry: string, { id, facts, token, attempts, unresolved, message }: InboxJobRow): InboxJob {
  const [digest, trace, type, store, orderKey, keys] = facts;
  return {
    entry,
    id,
    digest,
    trace,
    type: type ?? undefined,
    store: store ?? undefined,
    orderKey: orderKey ?? undefined,
    businessKeys: keysOf(keys),
    ...keptOf(message),
    token: { owner: token[0], version: token[1] },
    attempts,
    unresolved,
  };
}
