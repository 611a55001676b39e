import type { ReceiveGuarantees, SendGuarantees } from '@waybill/contract';
import type { TransportCard } from '@waybill/contract/host';
import { timeUnits } from '../time-units.ts';

/** One guarantee in words. */
export interface GuaranteeRow {
  readonly side: 'receiving' | 'sending';
  readonly name: string;
  readonly value: string;
  readonly means: string;
}

/** What each value of a guarantee means; `upTo` stands for every limit. */
type Words<Guarantees> = { readonly [Name in keyof Guarantees]: Readonly<Record<string, string>> };

const receiving: Words<ReceiveGuarantees> = {
  transacted: {
    true: 'A message that was not settled when the process died is handed out again.',
    false: 'A message in hand when the process dies is gone on this side.',
  },
  ordered: {
    no: 'Nobody can tell in which order messages were sent; they are taken as they arrive.',
    'per-endpoint': 'With a concurrency of 1, messages come in the order in which they were sent.',
  },
  shared: {
    true: 'Several processes may receive at the same time: none gets what another one has in hand.',
    false: 'One process receives at a time, whatever the order; the journal sees to it.',
  },
  exclusive: {
    true: 'Of several processes that want an order, one holds the endpoint, and the others stand by.',
    false: 'Of several processes that want an order, one receives; the journal sees to it.',
  },
  replies: {
    no: 'There is nobody to answer.',
    open: 'The answer goes back on the open request.',
    addressed: 'The answer goes to the address that the message names.',
  },
  waits: {
    true: 'The sender waits and is told of a failure; what failed is not kept here.',
    false: 'The sender does not wait; what failed is kept here.',
  },
  redelivers: {
    no: 'A message is handed out once: the transport does not hold what has to be tried again.',
    'at-once': 'What has to be tried again is handed out again at once: the transport does not hold it for a while.',
    upTo: 'What has to be tried again is handed out again after its wait, when it has to wait no longer than this.',
  },
  countsAttempts: {
    true: 'The far side counts how often a message was handed out, also across restarts.',
    false: 'The journal counts the attempts; the far side does not.',
  },
};

const sending: Words<SendGuarantees> = {
  requestReply: { true: 'A message can be sent and its answer waited for.', false: 'Nothing comes back but the receipt.' },
  deduplicates: {
    true: 'Sending the same message id again has no second effect.',
    false: 'A message that is sent again arrives again.',
  },
};

/** What every value of every guarantee means, by side and name. */
export const guaranteeWords = { receiving, sending } as const;

/** What a transport promises, one row a guarantee. */
export function guaranteeRows(card: TransportCard): readonly GuaranteeRow[] {
  return [
    ...(card.receive ? rowsOf('receiving', card.receive.guarantees, receiving) : []),
    ...(card.send ? rowsOf('sending', card.send.guarantees, sending) : []),
  ];
}

function rowsOf(
  side: GuaranteeRow['side'],
  guarantees: ReceiveGuarantees | SendGuarantees,
  words: Readonly<Record<string, Readonly<Record<string, string>>>>,
): readonly GuaranteeRow[] {
  return Object.entries<boolean | string | { readonly upTo: number }>({ ...guarantees }).map(([name, value]) => {
    if (typeof value === 'object') return { side, name, value: `up to ${durationText(value.upTo)}`, means: words[name]?.['upTo'] ?? '' };
    const written = value === true ? 'yes' : value === false ? 'no' : value;
    return { side, name, value: written, means: words[name]?.[String(value)] ?? '' };
  });
}

/** 300000 as `5m`: in the largest unit in which it is a whole number. */
function durationText(milliseconds: number): string {
  const [unit, size] = timeUnits.find(([, each]) => milliseconds > 0 && milliseconds % each === 0) ?? ['ms', 1];
  return `${milliseconds / size}${unit}`;
}
