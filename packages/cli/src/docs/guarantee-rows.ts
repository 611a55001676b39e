import type { ReceiveGuarantees, SendGuarantees, TransportCard } from '@waybill/contract';

/** One guarantee in words. */
export interface GuaranteeRow {
  readonly side: 'receiving' | 'sending';
  readonly name: string;
  readonly value: string;
  readonly means: string;
}

const receiving: { readonly [Name in keyof ReceiveGuarantees]: Readonly<Record<string, string>> } = {
  transacted: {
    no: 'A message in hand when the process dies is gone on this side.',
    receive: 'A message that was not settled when the process died is handed out again.',
    'receive-and-send':
      'A message that was not settled when the process died is handed out again, and what was sent with it becomes visible only together with its settlement.',
  },
  ordered: {
    no: 'Messages may come in any order.',
    'per-endpoint': 'With a concurrency of 1, messages come in the order in which they were sent.',
    'per-key': 'Messages with the same key come in the order in which they were sent.',
  },
  replies: {
    no: 'There is nobody to answer.',
    open: 'The answer goes back on the open request.',
    addressed: 'The answer goes to the address that the message names.',
  },
  redelivers: {
    true: 'A message that has to be tried again is handed out again once the wait is over.',
    false: 'A message is handed out once; the sender has to send it again.',
  },
  countsAttempts: {
    true: 'The far side counts how often a message was handed out, also across restarts.',
    false: 'The journal counts the attempts; the far side does not.',
  },
};

const sending: { readonly [Name in keyof SendGuarantees]: Readonly<Record<string, string>> } = {
  requestReply: { true: 'A message can be sent and its answer waited for.', false: 'Nothing comes back but the receipt.' },
  joinsUnits: {
    true: 'What is sent while a message is in hand becomes visible together with the settlement of that message.',
    false: 'What is sent is visible at once.',
  },
  deduplicates: {
    true: 'Sending the same message id again has no second effect.',
    false: 'A message that is sent again arrives again.',
  },
};

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
  return Object.entries(guarantees).map(([name, value]) => {
    const written = value === true ? 'yes' : value === false ? 'no' : String(value);
    return { side, name, value: written, means: words[name]?.[String(value)] ?? '' };
  });
}
