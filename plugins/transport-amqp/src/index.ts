import { defineTransport } from '@waybill/contract';
import { AmqpConnection } from './amqp-connection.ts';
import { AmqpListener } from './amqp-listener.ts';
import { AmqpSender } from './amqp-sender.ts';
import { putterOf, takerOf } from './counterpart.ts';
import * as settings from './settings.ts';

export { errors } from './errors.ts';

/** How long a message that is tried again stays in hand, in milliseconds. It keeps a place meanwhile; the journal keeps what waits longer. */
const hold = 10_000;

export default defineTransport({
  name: 'amqp',
  summary: 'Receives and sends messages over AMQP 1.0.',
  connection: settings.broker,
  connect: (broker, context) => AmqpConnection.open(broker, context),
  disconnect: (connection) => connection.close(),
  probe: (connection) => connection.probe(),
  receive: {
    endpoint: settings.source,
    guarantees: {
      transacted: true,
      ordered: 'per-endpoint',
      shared: true,
      exclusive: false,
      replies: 'addressed',
      waits: false,
      redelivers: { upTo: hold },
      // Artemis does not count every hand-out to a process that was killed, IBM MQ tells of none, RabbitMQ counts none.
      countsAttempts: false,
    },
    // Each message would go to one of two such entries, to whichever is faster.
    rules: { unique: ['queue'] },
    counterpart: putterOf,
    probe: (connection, source) => connection.probeSource(source),
    open: (connection, source, context) => AmqpListener.open(connection, source, context),
  },
  send: {
    endpoint: settings.target,
    guarantees: { requestReply: true, deduplicates: false },
    counterpart: takerOf,
    probe: (connection, target) => connection.probeTarget(target),
    open: (connection, target, context) => AmqpSender.open(connection, target, context),
  },
});
