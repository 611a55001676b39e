import { defineTransport } from '@waybill/contract';
import { EmailConnection } from './email-connection.ts';
import { post } from './settings/connection.ts';
import { target } from './settings/target.ts';

export { errors } from './errors.ts';

export default defineTransport({
  name: 'email',
  summary: 'Sends mails over SMTP and receives them over IMAP, and tells what became of what was sent.',
  connection: post,
  connect: (settings, context) => EmailConnection.open(settings, context),
  disconnect: async (connection) => connection.close(),
  probe: (connection) => connection.probe(),
  send: {
    endpoint: target,
    guarantees: { requestReply: false, deduplicates: false },
    rules: { needs: ['smtp'] },
    probe: (connection, target) => connection.probeTarget(target),
    // Loaded when the first mail can be sent: who only receives needs none of it.
    open: async (connection, target, context) => (await import('./sending/email-sender.ts')).EmailSender.open(connection, target, context),
  },
});
