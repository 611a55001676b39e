import { defineTransport } from '@waybill/contract';
import { EmailConnection } from './email-connection.ts';
import { post } from './settings/connection.ts';
import { source } from './settings/source.ts';
import { target } from './settings/target.ts';

export { errors } from './errors.ts';

/** How long a message that is tried again stays in hand, in milliseconds. It keeps a place meanwhile; the journal keeps what waits longer. */
const hold = 10_000;

export default defineTransport({
  name: 'email',
  summary: 'Sends mails over SMTP and receives them over IMAP, and tells what became of what was sent.',
  connection: post,
  connect: (settings, context) => EmailConnection.open(settings, context),
  disconnect: async (connection) => connection.close(),
  probe: (connection) => connection.probe(),
  receive: {
    endpoint: source,
    guarantees: {
      transacted: true,
      // Relays try again one by one, and none waits for another.
      ordered: 'no',
      // IMAP has no claim that holds everywhere: two sessions may move the same mail at once, and both are told that they did.
      shared: false,
      exclusive: false,
      replies: 'no',
      waits: false,
      redelivers: { upTo: hold },
      countsAttempts: false,
    },
    // Each mail would go to both of two such entries.
    rules: { needs: ['imap'], unique: ['folders'] },
    // Loaded here: those who only send need nothing of it.
    probe: async (connection, source) => (await import('./receiving/open.ts')).probe(connection, source),
    open: async (connection, source, context) => (await import('./receiving/open.ts')).open(connection, source, context),
  },
  send: {
    endpoint: target,
    guarantees: { requestReply: false, deduplicates: false },
    rules: { needs: ['smtp'] },
    probe: (connection, target) => connection.probeTarget(target),
    // Loaded when the first mail can be sent: who only receives needs none of it.
    open: async (connection, target, context) => (await import('./sending/email-sender.ts')).EmailSender.open(connection, target, context),
  },
});
