import { type AnyTransport, defineTransport, type Message, settings } from '@waybill/contract';
import { errors } from '../errors.ts';
import { note } from './scratch-log.ts';

/** The word for it in a scratch manifest. */
export const scratchName = 'scratch';

const none = settings({});

/**
 * A transport that reaches nobody. It hands in one message until that is settled; what is sent is only noted. It promises what a
 * queue does: what is not settled comes again.
 */
export function scratchTransport(folder: string, message: Message | undefined): AnyTransport {
  return defineTransport({
    name: scratchName,
    summary: 'Hands in one message, and notes what is sent.',
    connection: none,
    connect: async () => folder,
    receive: {
      endpoint: none,
      guarantees: {
        transacted: true,
        ordered: 'per-endpoint',
        exclusive: true,
        replies: 'no',
        waits: false,
        redelivers: { upTo: 1_000 },
        countsAttempts: false,
      },
      open: async () => ({
        async run(deliver, stop) {
          for (let isOver = !message; message && !isOver && !stop.aborted; ) {
            const { outcome } = await deliver({ message });
            isOver = outcome === 'accepted' || outcome === 'rejected';
          }
          if (message && !stop.aborted) note(folder, { did: 'settled' });
          await aborted(stop);
        },
      }),
    },
    send: {
      endpoint: none,
      guarantees: { requestReply: true, deduplicates: true },
      open: async (_connection, _endpoint, { name }) => ({
        async send({ id, type = '' }) {
          note(folder, { did: 'sent', entry: name, id, type });
          return {};
        },
        request: () => Promise.reject(errors.WB_CLI_CRASHTEST_ASKS('Nobody answers in a crash test.')),
        close: async () => undefined,
      }),
    },
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
