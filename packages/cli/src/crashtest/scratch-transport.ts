import { type AnyTransport, type Deliver, defineTransport, type Message, settings } from '@waybill/contract';
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
        shared: true,
        exclusive: true,
        replies: 'no',
        waits: false,
        redelivers: { upTo: 1_000 },
        countsAttempts: false,
      },
      open: async () => ({
        async run(deliver, stop) {
          if (message && (await handIn(message, deliver, stop))) note(folder, { did: 'settled' });
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

/** Whether it was settled; a message that is to be tried again is handed in again. */
async function handIn(message: Message, deliver: Deliver, stop: AbortSignal): Promise<boolean> {
  while (!stop.aborted) {
    const { outcome } = await deliver({ message });
    if (outcome === 'accepted' || outcome === 'rejected') return true;
  }
  return false;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
