import { defineTransport } from '@waybill/contract';
import { openPort } from './open-port.ts';
import * as settings from './settings.ts';
import { TcpListener } from './tcp-listener.ts';
import { TcpSender } from './tcp-sender.ts';

export { errors } from './errors.ts';

export default defineTransport({
  name: 'tcp',
  summary: 'Receives and sends messages over plain TCP connections.',
  connection: settings.host,
  connect: async ({ host }) => ({ host }),
  receive: {
    endpoint: settings.source,
    guarantees: {
      transacted: false,
      ordered: 'no',
      shared: true,
      exclusive: false,
      replies: 'no',
      waits: true,
      redelivers: 'no',
      countsAttempts: false,
    },
    rules: { unique: ['port'] },
    counterpart: ({ host }, { port }) => ({ connection: { host }, endpoint: { port } }),
    open: async ({ host }, source, { concurrency }) => new TcpListener(await openPort(host, source.port), source, concurrency),
  },
  send: {
    endpoint: settings.target,
    guarantees: { requestReply: false, deduplicates: false },
    counterpart: ({ host }, { port }) => ({ connection: { host }, endpoint: { port } }),
    open: async ({ host }, { port }) => new TcpSender(host, port),
  },
});
