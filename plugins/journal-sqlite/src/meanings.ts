import type { Meanings } from '@waybill/sqlite';
import { errors } from './errors.ts';

/** What is wrong with the file, in the codes of this journal. */
export const meanings: Meanings = {
  busy: ({ path, reason: cause }) => errors.WB_JOURNAL_BUSY(`Another process keeps the journal ${path} locked.`, { cause }),
  full: ({ path, reason: cause }) => errors.WB_JOURNAL_FULL(`There is no space left for the journal ${path}.`, { cause }),
  io: ({ path, reason: cause }) => errors.WB_JOURNAL_IO_FAILED(`Reading or writing the journal ${path} failed.`, { cause }),
  unsuitable: ({ path, reason: cause }) => errors.WB_JOURNAL_UNSUITABLE_DRIVE(`The drive of ${path} cannot hold a journal.`, { cause }),
  'read-only': ({ path, reason: cause }) => errors.WB_JOURNAL_READ_ONLY(`The journal ${path} cannot be written to.`, { cause }),
  'cannot-open': ({ path, reason: cause }) => errors.WB_JOURNAL_CANNOT_OPEN(`The journal ${path} cannot be opened or created.`, { cause }),
  damaged: ({ path, reason: cause }) => errors.WB_JOURNAL_DAMAGED(`The journal ${path} is damaged.`, { cause }),
  'not-a-database': ({ path, reason: cause }) => errors.WB_JOURNAL_NOT_A_JOURNAL(`The file ${path} is not a database.`, { cause }),
  foreign: ({ path, reason: cause }) => errors.WB_JOURNAL_NOT_A_JOURNAL(`The database ${path} belongs to another program.`, { cause }),
  newer: ({ path, reason: cause }) => errors.WB_JOURNAL_SCHEMA_NEWER(`A newer version has written the journal ${path}.`, { cause }),
  failed: ({ path, reason }) => errors.WB_JOURNAL_FAILED(`The journal ${path} could not do a step: ${reason}`, { cause: reason }),
  ended: ({ path, reason: cause }) => errors.WB_JOURNAL_THREAD_ENDED(`The thread of the journal ${path} ended unexpectedly.`, { cause }),
  closed: ({ path }) => errors.WB_JOURNAL_CLOSED(`The journal ${path} is closed.`),
};
