import { defineErrors, TransportError } from '@waybill/contract/errors';

/** The error codes of this transport. */
export const errors = defineErrors(
  {
    WB_AMQP_UNREACHABLE: {
      means: 'No broker answers at any of the "hosts" of the connection, or none in time.',
      remedy: 'See the reason for each host. The connection is opened by itself when one is there.',
      kind: 'unavailable',
    },
    WB_AMQP_LOGIN: {
      means:
        'The broker does not let this side in: the user, the password or the certificate is wrong, or it does not take that kind of proof.',
      remedy: 'Correct "auth" of the connection.',
      kind: 'forbidden',
    },
    WB_AMQP_TLS: {
      means:
        'No trusted connection could be made: a file of certificates cannot be read, or the broker’s certificate is not to be trusted.',
      remedy: 'Check "ca" and "serverName" of "tls", and the certificate in "auth".',
      kind: 'forbidden',
    },
    WB_AMQP_PROTOCOL: {
      means: 'What answers there does not speak AMQP 1.0, or not as it should.',
      remedy: 'Check host and port; a broker often has a port for each protocol.',
      kind: 'unavailable',
    },
    WB_AMQP_GONE: {
      means: 'The connection to the broker has ended, or the broker has ended the link to an address.',
      remedy: 'Nothing: it is opened anew by itself. When this repeats, see the reason that the broker gave.',
      kind: 'unavailable',
    },
    WB_AMQP_ADDRESS: {
      means: 'The broker does not open the address: there is none of that name, or this user may not use it in this way.',
      remedy: 'Create the address at the broker, or correct its name or the rights of the user.',
      kind: 'unknown',
      retryable: true,
    },
    WB_AMQP_BUSY: {
      means: 'The broker does not take the message for now: the address is full, or something is short.',
      remedy: 'See at the broker why nobody takes messages off the address. It is tried again.',
      kind: 'unavailable',
    },
    WB_AMQP_REFUSED: {
      means: 'The broker does not want the message.',
      remedy: 'See the reason that the broker gave.',
    },
    WB_AMQP_NO_ANSWER: {
      means: 'A message was sent, and the broker has not said what became of it: the connection ended, or the time was over.',
      remedy: 'Look for the message at the broker, then send it again or drop it.',
      kind: 'unavailable',
    },
    WB_AMQP_GIVEN_UP: {
      means: 'The time for an attempt was over before the message could be sent: the broker gave no credit.',
      remedy: 'See whether the address is full. Raise "timeout" of the entry when this repeats.',
      kind: 'unavailable',
    },
    WB_AMQP_ROLLED_BACK: {
      means: 'The broker has rolled back the transaction in which a message was removed and its reply was sent.',
      remedy: 'Nothing: the message comes again, and with it its reply. When this repeats, see the reason that the broker gave.',
      kind: 'unavailable',
    },
    WB_AMQP_CLOSED: {
      means: 'The connection or the sender was closed while something was still asked of it.',
      remedy: 'Nothing, when Waybill is stopping.',
      kind: 'unavailable',
    },
    WB_AMQP_TOO_LARGE: {
      means: 'The body of a message is larger than "limit" of the inbound entry, or a message is larger than the broker accepts.',
      remedy: 'Raise "limit", or the limit of the broker, or send less.',
    },
    WB_AMQP_UNREADABLE: {
      means: 'The body of a message is neither bytes nor text, but a list, a map or another value of AMQP, or it cannot be decoded.',
      remedy: 'Let the sender send bytes (a data section) or text.',
      kind: 'unreadable',
    },
    WB_AMQP_REPLY_REFUSED: {
      means:
        'The request names an address for its reply that is not among "replyQueues" of the inbound entry. The reply is kept as parked.',
      remedy: 'Add the address to "replyQueues" if replies may go there, and replay the reply; otherwise drop it.',
      kind: 'forbidden',
    },
    WB_AMQP_NO_REPLY: {
      means: 'No reply came in time.',
      remedy: 'See whether the other side takes requests and answers to their reply address with their id as the correlation id.',
      kind: 'unavailable',
    },
  },
  TransportError,
);
