import { WaybillError } from '@waybill/contract';
import { type Fault, fault, onSendError } from './fault.ts';

const timeBefore = 'because its time was over before says that it may be tried again, and that nothing was sent';
const timeDuring = 'because no answer came in its time says that nobody knows, and that it may be tried again';
const broken = 'that breaks fails a send with an error that says to try again, and a new connection sends';

export const outcomeFaults: readonly Fault[] = [
  fault('ignores-time', [timeBefore], {
    sender: (inner) => ({ send: (message) => inner.send(message, { signal: new AbortController().signal }), close: () => inner.close() }),
  }),
  fault('throws-foreign-errors', [timeBefore], {
    sender: (inner) => ({
      send: async (message, options) => {
        options.signal.throwIfAborted();
        return inner.send(message, options);
      },
      close: () => inner.close(),
    }),
  }),
  fault('has-errors-without-an-outcome', [timeBefore], {
    sender: (inner) => ({
      send: (message, options) =>
        inner.send(message, options).catch(() => {
          throw new WaybillError('WB_BROKEN', 'It did not work.', { retryable: true });
        }),
      close: () => inner.close(),
    }),
  }),
  fault('knows-too-much', [timeDuring], { sender: onSendError(() => ({ retryable: true, outcome: 'not-sent' })) }),
  fault('knows-too-little', [timeBefore], { sender: onSendError(() => ({ retryable: true, outcome: 'unknown' })) }),
  fault('is-final-when-nobody-knows', [timeDuring], {
    sender: onSendError((error) => ({ retryable: false, outcome: error.outcome })),
  }),
  fault('tries-again-what-was-refused', ['because the far side does not want the message says so'], {
    sender: onSendError((error) => ({ retryable: true, outcome: error.outcome === 'refused' ? 'not-sent' : error.outcome })),
  }),
  fault(
    'takes-a-lost-answer-for-a-lost-connection',
    ['because its answer was lost says that nobody knows, and not that the connection was lost before'],
    {
      sender: onSendError((error) => (error.outcome === 'unknown' ? { connectionLost: true } : { retryable: true })),
    },
  ),
  fault('cannot-be-used-after-an-abort', ['because no answer came leaves a sender that can be used, or says that its connection is lost'], {
    sender: (inner) => {
      let isDead = false;
      return {
        async send(message, options) {
          if (isDead) throw new WaybillError('WB_BROKEN', 'It does not work any more.', { retryable: true });
          options.signal.addEventListener('abort', () => {
            isDead = true;
          });
          return inner.send(message, options);
        },
        close: () => inner.close(),
      };
    },
  }),
  fault(
    'is-final-when-nobody-is-there',
    ['to a far side that is not there fails with an error that says to try again, and that nothing was sent'],
    {
      sender: onSendError((error) => ({ retryable: false, outcome: error.outcome })),
      unreachable: true,
    },
  ),
  fault('hides-a-lost-connection', [broken], {
    sender: (inner) => ({ send: (message, options) => inner.send(message, options).catch(() => ({})), close: () => inner.close() }),
  }),
  fault('is-final-when-the-connection-is-lost', [broken], {
    sender: onSendError((error) => ({ retryable: error.outcome === 'unknown', outcome: error.outcome })),
  }),
  fault('stays-broken-and-does-not-say-so', [broken], {
    sender: onSendError((error) => ({ retryable: true, outcome: error.outcome })),
  }),
  fault('sends-to-everybody-again', ['is sent at a further attempt to those only who are still open'], {
    recipients: true,
    sender: (inner) => ({ send: (message, { signal }) => inner.send(message, { signal }), close: () => inner.close() }),
  }),
  fault(
    'says-nothing-of-recipients',
    [
      'is sent to each of them, and the receipt says so for each',
      "tells of the one for whom it ended as 'refused', and sends to the others",
    ],
    {
      recipients: true,
      sender: (inner) => ({
        send: async (message, options) => ({ detail: (await inner.send(message, options)).detail }),
        close: () => inner.close(),
      }),
    },
  ),
  fault('takes-later-for-never', ["tells of the one for whom it ended as 'later', and sends to the others"], {
    recipients: true,
    sender: (inner) => ({
      async send(message, options) {
        const receipt = await inner.send(message, options);
        const recipients = receipt.recipients?.map((one) => (one.outcome === 'later' ? { ...one, outcome: 'refused' as const } : one));
        return { ...receipt, recipients };
      },
      close: () => inner.close(),
    }),
  }),
  fault('takes-nobody-for-somebody', ['that nobody takes is rejected with what became of each recipient'], {
    recipients: true,
    sender: (inner) => ({ send: (message, options) => inner.send(message, options).catch(() => ({})), close: () => inner.close() }),
  }),
];
