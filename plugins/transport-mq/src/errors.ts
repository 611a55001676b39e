import { defineErrors, TransportError } from '@waybill/contract/errors';

/** The error codes of this transport. */
export const errors = defineErrors(
  {
    WB_MQ_NO_LIBRARY: {
      means: 'The package "ibmmq" or IBM\'s client library, which it loads, is not there.',
      remedy:
        'Run `npm install ibmmq@2`, which fetches the client library as well. Without internet: `MQIJS_NOREDIST=1 npm install ibmmq@2`, install the IBM MQ client, and let LD_LIBRARY_PATH name its lib64 when the process starts.',
    },
    WB_MQ_UNREACHABLE: {
      means: 'The queue manager cannot be reached, or the connection to it was lost.',
      remedy: 'Check that the queue manager and its listener run and that hosts and ports are right. Waybill connects again by itself.',
      kind: 'unavailable',
    },
    WB_MQ_QUIESCING: {
      means: 'The queue manager or the connection is being stopped in an orderly way.',
      remedy: 'Nothing: Waybill connects again when the queue manager is back.',
      kind: 'unavailable',
    },
    WB_MQ_CONFIGURATION: {
      means:
        'Something that the settings name is not there or does not fit: a queue manager, a queue, a server connection, a cipher, a key repository.',
      remedy: 'Compare the settings with what the administrator of the queue manager has defined. Names are case sensitive.',
    },
    WB_MQ_NOT_AUTHORIZED: {
      means: 'This user may not connect, or may not use a queue.',
      remedy:
        'Check user and password. The user needs the authorities connect and inquire on the queue manager, get, browse and inquire on queues to receive from, put (and passall or setall for copies of rejected messages) on queues to put to.',
      kind: 'forbidden',
      retryable: true,
    },
    WB_MQ_QUEUE_CLOSED: {
      means: 'The queue gives or takes nothing at the moment: it is full, inhibited, or somebody else holds it alone.',
      remedy: 'See who takes messages off it, and whether getting or putting is inhibited. Waybill tries again.',
      kind: 'unavailable',
    },
    WB_MQ_REFUSED: {
      means:
        'The queue manager does not take this message: it is too large for the queue or the connection, or of a kind that the queue does not hold.',
      remedy: 'See the reason. Raise MAXMSGL of the queue and of its server connection where the size is the reason.',
    },
    WB_MQ_LIMIT: {
      means: 'A limit of the queue manager is reached: connections, handles, or messages in one unit of work.',
      remedy: 'Lower "concurrency", or have the limit raised (MAXINST and MAXINSTC of the server connection, MAXHANDS, MAXUMSGS).',
      kind: 'unavailable',
    },
    WB_MQ_BACKED_OUT: {
      means: 'The queue manager has backed the unit of work out instead of committing it. Nothing of it has happened.',
      remedy: 'Nothing: it is done again. When it repeats, look at the error log of the queue manager; its log may be full.',
      kind: 'unavailable',
    },
    WB_MQ_DOUBT: {
      means: 'The connection was lost while a unit of work was committed, so that nobody can tell whether it is.',
      remedy:
        'Look for the message on the queue by its id before it is sent again. A message that was received comes again if it was not committed.',
      kind: 'unavailable',
    },
    WB_MQ_HOST_ENDED: {
      means: 'The process that holds a connection to the queue manager ended, or was ended because it did not answer for "patience".',
      remedy: 'A new one is started. When it repeats, see what it wrote to the error output, and look at memory and network.',
      kind: 'unavailable',
    },
    WB_MQ_FAILED: {
      means: 'The queue manager refuses for a reason that is not met in ordinary use.',
      remedy: 'Look the reason code up in the documentation of IBM MQ, and into the error log of the queue manager.',
      kind: 'unavailable',
    },
    WB_MQ_TOO_LARGE: {
      means: 'The body of the message is larger than the "limit" of the entry.',
      remedy: 'Raise "limit" of the entry, or send less.',
    },
    WB_MQ_HEADER: {
      means: 'The message begins with a header (MQRFH2) that is damaged.',
      remedy: 'Ask the sender to correct it. The message as it came is on the backout queue, where the queue has one.',
      kind: 'unreadable',
    },
    WB_MQ_NO_IDENTITY: {
      means: 'The message does not have what the setting "identity" names.',
      remedy: 'Ask the sender to set it, or let "identity" name something else.',
    },
    WB_MQ_ADDRESS: {
      means: 'A reply cannot go to the address that its request names.',
      remedy: 'An address is a queue, or a queue, "@" and a queue manager. Correct it at the requester.',
    },
    WB_MQ_REPLY_QUEUE_SHARED: {
      means: 'The same queue is listened to and used for replies to requests; the listener would take the replies.',
      remedy: 'Give the outbound entry a "replyQueue" of its own.',
    },
    WB_MQ_REPLY_REFUSED: {
      means: 'The request names a queue for its reply that is not among "replyQueues" of the inbound entry. The reply is kept as parked.',
      remedy: 'Add the queue to "replyQueues" if replies may go there, and replay the reply; otherwise drop it.',
      kind: 'forbidden',
    },
    WB_MQ_NO_REPLY: {
      means: 'No reply came in time.',
      remedy:
        'See whether the other side takes requests off the queue, and answers to the reply queue with their message id as correlation id.',
      kind: 'unavailable',
    },
    WB_MQ_GIVEN_UP: {
      means: 'The time for the attempt was over before the message was sent.',
      remedy: 'Raise "timeout" of the entry when this repeats.',
      kind: 'unavailable',
    },
    WB_MQ_CLOSED: {
      means: 'The sender was closed while something was still asked of it.',
      remedy: 'Nothing: Waybill is stopping, or the message is sent again.',
      kind: 'unavailable',
    },
    WB_MQ_SECRET_FILE: {
      means: 'The file with the password or the token for the queue manager cannot be read.',
      remedy: 'Check the path of "passwordFile" or "tokenFile", and that this user may read the file.',
      kind: 'unavailable',
    },
  },
  TransportError,
);
