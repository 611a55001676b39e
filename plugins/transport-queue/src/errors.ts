import { defineErrors, TransportError } from '@waybill/contract/errors';
import type { Meanings } from '@waybill/sqlite';

/** The error codes of this transport. */
export const errors = defineErrors(
  {
    WB_QUEUE_FILE_CANNOT_OPEN: {
      means:
        'The file of the queues cannot be opened or created: its path is a folder or longer than 504 bytes, its folder cannot be created, or access is denied.',
      remedy:
        'Check that the folder of the connection’s "path" exists or can be created, and that this user may write there. From the root on, the path may have 504 bytes.',
    },
    WB_QUEUE_FILE_DAMAGED: {
      means: 'The file of the queues is not a SQLite database or is damaged.',
      remedy: 'Point "path" at another file, or restore the file from a copy.',
    },
    WB_QUEUE_FILE_FOREIGN: {
      means: 'The file is a SQLite database, but it holds something other than queues.',
      remedy: 'Give the queues a file of their own.',
    },
    WB_QUEUE_FILE_NEWER: {
      means: 'The file of the queues was written by a later version of this transport.',
      remedy: 'Install that version of @waybill/transport-queue, or use another file.',
    },
    WB_QUEUE_FILE_FAILED: {
      means: 'Reading or writing the file of the queues failed. What was asked for has not happened.',
      remedy: 'See the cause. The connection is opened anew by itself; check the disk when this repeats.',
      kind: 'unavailable',
    },
    WB_QUEUE_NO_SPACE: {
      means: 'The disk is full, so nothing can be put on a queue or taken off it.',
      remedy: 'Free space on the disk that holds the file of the queues.',
      kind: 'unavailable',
    },
    WB_QUEUE_BUSY: {
      means: 'Another process has kept the file of the queues locked for several seconds.',
      remedy: 'Close other programs that write to the file. Waybill tries again by itself.',
      kind: 'unavailable',
    },
    WB_QUEUE_UNSUITABLE_DRIVE: {
      means: 'The drive cannot hold a file that processes share: it is a network drive, or a shared folder of a container.',
      remedy: 'Let "path" of the connection name a file on a local disk.',
    },
    WB_QUEUE_THREAD_ENDED: {
      means: 'The thread that works on the file ended unexpectedly. Whether what was in its hands has happened is unknown.',
      remedy: 'The next step starts a new thread. When it happens again, look for a lack of memory.',
      kind: 'unavailable',
    },
    WB_QUEUE_CLOSED: {
      means: 'The connection to the queues has ended, or was closed while something was still asked of it.',
      remedy: 'Nothing, when Waybill is stopping. Otherwise see the cause; the connection is opened anew by itself.',
      kind: 'unavailable',
    },
    WB_QUEUE_NAME: {
      means: 'This cannot be the name of a queue.',
      remedy: 'Use 1 to 48 letters, digits and the characters . _ / %, as IBM MQ does.',
    },
    WB_QUEUE_UNKNOWN: {
      means: 'There is no queue of that name, and the connection does not create queues.',
      remedy: 'Correct the name, or set "create" of the connection to true.',
      kind: 'unknown',
      retryable: true,
    },
    WB_QUEUE_FULL: {
      means: 'The queue holds as many messages as the connection allows.',
      remedy: 'See why nobody takes messages off that queue, or raise "maxDepth" of the connection.',
      kind: 'unavailable',
    },
    WB_QUEUE_TOO_LARGE: {
      means: 'The body of the message is larger than the connection allows.',
      remedy: 'Raise "limit" of the connection, or send less.',
    },
    WB_QUEUE_UNIT_LOST: {
      means: 'The message was given to somebody else while it was being worked on, because this process did not renew its lease in time.',
      remedy: 'Raise "lease" of the connection when the process can be suspended for that long.',
      kind: 'conflict',
      retryable: true,
    },
    WB_QUEUE_UNIT_ENDED: {
      means: 'The unit of work has been committed or backed out already.',
      remedy: 'Put into a unit only before it is committed or backed out.',
    },
    WB_QUEUE_REPLY_QUEUE_SHARED: {
      means: 'The same queue is listened to and used for replies to requests; the listener would take the replies.',
      remedy: 'Give the outbound entry a "replyQueue" of its own.',
    },
    WB_QUEUE_REPLY_REFUSED: {
      means: 'The request names a queue for its reply that is not among "replyQueues" of the inbound entry. The reply is kept as parked.',
      remedy: 'Add the queue to "replyQueues" if replies may go there, and replay the reply; otherwise drop it.',
      kind: 'forbidden',
    },
    WB_QUEUE_NO_REPLY: {
      means: 'No reply came in time.',
      remedy: 'See whether the other side takes requests off the queue and answers to the reply queue with the correlation id.',
      kind: 'unavailable',
    },
    WB_QUEUE_GIVEN_UP: {
      means: 'The time for the attempt was over before the queue had taken the message.',
      remedy: 'Raise "timeout" of the entry when this repeats. The message may be on the queue nevertheless.',
      kind: 'unavailable',
    },
  },
  TransportError,
);

/** What is wrong with the file, in the codes of this transport. */
export const meanings: Meanings = {
  busy: ({ path, cause }) => errors.WB_QUEUE_BUSY(`The file ${path} is locked by another process.`, { cause }),
  full: ({ path, cause }) => errors.WB_QUEUE_NO_SPACE(`Cannot write ${path}: the disk is full.`, { cause }),
  io: ({ path, cause }) => errors.WB_QUEUE_FILE_FAILED(`Reading or writing ${path} failed.`, { connectionLost: true, cause }),
  unsuitable: ({ path, cause }) => errors.WB_QUEUE_UNSUITABLE_DRIVE(`The drive of ${path} cannot hold a file of queues.`, { cause }),
  'read-only': ({ path, cause }) => errors.WB_QUEUE_FILE_CANNOT_OPEN(`Cannot open ${path} for reading and writing.`, { cause }),
  'cannot-open': ({ path, cause }) => errors.WB_QUEUE_FILE_CANNOT_OPEN(`Cannot open ${path} for reading and writing.`, { cause }),
  damaged: ({ path, cause }) => errors.WB_QUEUE_FILE_DAMAGED(`${path} is damaged.`, { cause }),
  'not-a-database': ({ path, cause }) => errors.WB_QUEUE_FILE_DAMAGED(`${path} is not a SQLite database.`, { cause }),
  foreign: ({ path, cause }) => errors.WB_QUEUE_FILE_FOREIGN(`${path} is a database of something else.`, { cause }),
  newer: ({ path, cause }) => errors.WB_QUEUE_FILE_NEWER(`${path} was written by a later version of this transport.`, { cause }),
  failed: ({ path, cause }) => errors.WB_QUEUE_FILE_FAILED(`Working on ${path} failed.`, { connectionLost: true, cause }),
  ended: ({ path, cause }) =>
    errors.WB_QUEUE_THREAD_ENDED(`The thread that works on ${path} ended unexpectedly.`, { outcome: 'unknown', cause }),
  closed: ({ path }) => errors.WB_QUEUE_CLOSED(`The connection to the queues of ${path} is closed.`, { connectionLost: true }),
};
