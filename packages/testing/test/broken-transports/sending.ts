import type { Message } from '@waybill/contract';
import { type Fault, fault, later } from './fault.ts';

export const sendingFaults: readonly Fault[] = [
  fault('says-sent-too-soon', ['resolves when the outside has the message'], {
    sender: (inner) => ({
      send: async (message, options) => {
        void later(20).then(() => inner.send(message, options));
        return {};
      },
      close: () => inner.close(),
    }),
  }),
  fault('sends-twice', ['resolves when the outside has the message', 'sends many messages at once, each of them once'], {
    sender: (inner) => ({
      send: async (message, options) => {
        await inner.send(message, options);
        return inner.send(message, options);
      },
      close: () => inner.close(),
    }),
  }),
  fault('suppresses-same-bytes', ['sends two messages with the same bytes as two'], {
    sender: (inner) => {
      const seen = new Set<string>();
      return {
        send: async (message, options) => {
          const key = Buffer.from(message.body).toString('hex');
          if (seen.has(key)) return {};
          seen.add(key);
          return inner.send(message, options);
        },
        close: () => inner.close(),
      };
    },
  }),
  fault('leaves-on-close', ['waits for the sends in flight'], {
    sender: (inner) => ({
      send: async (message, options) => {
        await later(40);
        return inner.send(message, options);
      },
      close: async () => undefined,
    }),
  }),
  fault('sends-when-closed', ['rejects a send that comes after it'], {
    sender: (_, memory, queue) => ({
      async send(message, { signal }) {
        signal.throwIfAborted();
        memory.put(queue, message);
        return {};
      },
      close: async () => undefined,
    }),
  }),
  fault('says-that-it-deduplicates', ['sends a message id that it has sent before without a second effect'], {
    transport: (sound) => ({
      ...sound,
      ...(sound.send && { send: { ...sound.send, guarantees: { ...sound.send.guarantees, deduplicates: true } } }),
    }),
  }),
  fault('drops-what-it-carries', ['sends the priority', 'sends the persistent', 'sends the correlationId'], {
    sender: (inner) => ({
      send: (message, options) => inner.send({ ...message, priority: undefined, persistent: undefined, correlationId: undefined }, options),
      close: () => inner.close(),
    }),
  }),
];

export const requestFaults: readonly Fault[] = [
  fault('cannot-request', ['brings the reply to the request'], {
    sender: (inner) => ({ send: (message, options) => inner.send(message, options), close: () => inner.close() }),
  }),
  fault('mixes-up-replies', ['brings each of many replies to its own request'], {
    sender: (inner) => {
      let previous: Promise<Message> | undefined;
      return {
        send: (message, options) => inner.send(message, options),
        request: (message, options) => {
          const mine = inner.request?.(message, options) ?? Promise.reject(new Error('no request'));
          const answer = previous ?? mine;
          previous = mine;
          return answer;
        },
        close: () => inner.close(),
      };
    },
  }),
  fault('waits-for-ever', ['rejects when no reply comes in time: nobody knows, and it can be tried again'], {
    sender: (inner) => ({
      send: (message, options) => inner.send(message, options),
      request: (message, options) => inner.request?.(message, { ...options, timeout: 1_500 }) ?? Promise.reject(new Error('no request')),
      close: () => inner.close(),
    }),
  }),
  fault('swallows-late-replies', ['hands over a reply that comes when its request has timed out'], {
    sending: (context) => ({ ...context, late: () => undefined }),
  }),
];
