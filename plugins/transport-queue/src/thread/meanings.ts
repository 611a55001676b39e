import type { Meanings } from '@waybill/sqlite';
import { errors } from '../errors.ts';

/** What is wrong with the file, in the codes of this transport. */
export const meanings: Meanings = {
  busy: ({ path, reason: cause }) => errors.WB_QUEUE_BUSY(`The file ${path} is locked by another process.`, { cause }),
  full: ({ path, reason: cause }) => errors.WB_QUEUE_NO_SPACE(`Cannot write ${path}: the disk is full.`, { cause }),
  io: ({ path, reason: cause }) => errors.WB_QUEUE_FILE_FAILED(`Reading or writing ${path} failed.`, { connectionLost: true, cause }),
  unsuitable: ({ path, reason: cause }) =>
    errors.WB_QUEUE_UNSUITABLE_DRIVE(`The drive of ${path} cannot hold a file of queues.`, { cause }),
  'read-only': ({ path, reason: cause }) => errors.WB_QUEUE_FILE_CANNOT_OPEN(`Cannot open ${path} for reading and writing.`, { cause }),
  'cannot-open': ({ path, reason: cause }) => errors.WB_QUEUE_FILE_CANNOT_OPEN(`Cannot open ${path} for reading and writing.`, { cause }),
  damaged: ({ path, reason: cause }) => errors.WB_QUEUE_FILE_DAMAGED(`${path} is damaged.`, { cause }),
  'not-a-database': ({ path, reason: cause }) => errors.WB_QUEUE_FILE_DAMAGED(`${path} is not a SQLite database.`, { cause }),
  foreign: ({ path, reason: cause }) => errors.WB_QUEUE_FILE_FOREIGN(`${path} is a database of something else.`, { cause }),
  newer: ({ path, reason: cause }) => errors.WB_QUEUE_FILE_NEWER(`${path} was written by a later version of this transport.`, { cause }),
  failed: ({ path, reason: cause }) => errors.WB_QUEUE_FILE_FAILED(`Working on ${path} failed.`, { connectionLost: true, cause }),
  ended: ({ path, reason: cause }) =>
    errors.WB_QUEUE_THREAD_ENDED(`The thread that works on ${path} ended unexpectedly.`, { outcome: 'unknown', cause }),
  closed: ({ path }) => errors.WB_QUEUE_CLOSED(`The connection to the queues of ${path} is closed.`, { connectionLost: true }),
};
