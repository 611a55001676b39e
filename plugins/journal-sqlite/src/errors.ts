import { defineErrors, type FaultKind } from '@waybill/contract/errors';
import { blamesTheCall, type Meanings } from '@waybill/sqlite';

export const errors = defineErrors({
  WB_JOURNAL_CANNOT_OPEN: {
    means:
      'The file of the journal cannot be opened or created: its path is a folder or longer than 504 bytes, its folder cannot be created, or access is denied.',
    remedy: 'Let `path` name a file in a folder in which this process may create files. From the root on, it may have 504 bytes.',
    kind: 'unavailable',
    retryable: false,
  },
  WB_JOURNAL_NOT_THERE: {
    means: 'People want to look into the journal, and its file does not exist: the manifest has never run, or another one is meant.',
    remedy: 'Name the manifest that runs here, or run it once: the first start makes the file.',
  },
  WB_JOURNAL_READ_ONLY: {
    means: 'The file of the journal can be read but not written.',
    remedy: 'Give this process the right to write to the file and to create files beside it.',
    kind: 'unavailable',
    retryable: false,
  },
  WB_JOURNAL_UNSUITABLE_DRIVE: {
    means: 'The drive cannot hold a file that processes share: it is a network drive, or a shared folder of a container.',
    remedy: 'Let `path` name a file on a local disk.',
    kind: 'unavailable',
    retryable: false,
  },
  WB_JOURNAL_NOT_A_JOURNAL: {
    means: 'The file exists but is no journal: something other than a database, or the database of another program.',
    remedy: 'Let `path` name another file. The file that was found has not been changed.',
    kind: 'unavailable',
    retryable: false,
  },
  WB_JOURNAL_SCHEMA_NEWER: {
    means: 'The journal was written by a newer version of this plugin, whose form this version does not know.',
    remedy: 'Install the newer version of @waybill/journal-sqlite again, or use another file.',
    kind: 'unavailable',
    retryable: false,
  },
  WB_JOURNAL_SCHEMA_OLDER: {
    means: 'The journal is of an older version, whose checksums, if it has any, are made in another way.',
    remedy: 'Let a kernel of this version run once: it brings the file up to date.',
  },
  WB_JOURNAL_INTO_EXISTS: {
    means: 'The file into which a journal is to be salvaged is there already.',
    remedy: 'Name a file that does not exist: nothing is ever overwritten.',
  },
  WB_JOURNAL_IN_USE: {
    means: 'A process has the journal open that is to be salvaged: what is read of it would not be all of it.',
    remedy: 'Stop the kernels that use the journal, and try again.',
  },
  WB_JOURNAL_DAMAGED: {
    means: 'The file of the journal is damaged: what stands in it contradicts itself.',
    remedy:
      'Stop every process that uses the file. See what is wrong with `waybill journal check`, and take all that can be read over into a new file with `waybill journal salvage --into FILE`; the old one is not changed. Check the disk.',
    retryable: false,
  },
  WB_JOURNAL_FULL: {
    means: 'There is no space for another message: the disk is full, or the file has reached `maxSize`.',
    remedy: 'Free space, raise `maxSize`, or shorten `keep` so that what is done is forgotten sooner. Messages are retried meanwhile.',
    kind: 'unavailable',
  },
  WB_JOURNAL_IO_FAILED: {
    means: 'The disk or the file system reported an error while the journal was read or written.',
    remedy: 'Check the disk and the limits of the process. The step is retried.',
    kind: 'unavailable',
  },
  WB_JOURNAL_BUSY: {
    means: 'Another process was writing to the file for longer than `busyTimeout`.',
    remedy: 'The step is retried. When it happens often, give each process a journal of its own or raise `busyTimeout`.',
    kind: 'unavailable',
  },
  WB_JOURNAL_FAILED: {
    means: 'SQLite refused a step for a reason that has no code of its own here; the message tells it.',
    remedy: 'Report it with the message and its cause.',
    retryable: false,
  },
  WB_JOURNAL_THREAD_ENDED: {
    means: 'The thread that writes the journal ended unexpectedly. Whether the steps in its hands were recorded is unknown.',
    remedy:
      'The steps are repeated, which is safe, and the next one starts a new thread. When it happens again, look for a lack of memory.',
    kind: 'unavailable',
  },
  WB_JOURNAL_SENDER_GONE: {
    means: 'Whoever sent a message at once ended, or closed the journal, before it was known how the send ended. It may have arrived.',
    remedy: 'Look at the far side whether the message has arrived before you send it again.',
    kind: 'unavailable',
    retryable: false,
  },
  WB_JOURNAL_ROW_DAMAGED: {
    means:
      'What the journal has of a message is not what was written, as its checksum tells: the file is damaged, or was changed from outside. The message is parked and never handed out as it is.',
    remedy:
      'See how far it goes with `waybill journal check`. Ask the sender for the message again, or compare it with what is known elsewhere; then drop it, or edit and replay it.',
  },
  WB_JOURNAL_BODY_MISSING: {
    means: 'The journal has a message to hand out and no longer its body: the file was changed from outside, or is damaged.',
    remedy: 'Check the file with `waybill journal check`. Ask the sender for the message again, and drop this one.',
  },
  WB_JOURNAL_CLOSED: {
    means: 'The journal was used after it had been closed.',
    remedy: 'Stop what uses the journal before you close it.',
  },
});

/** What is wrong with the file, in the codes of this journal. */
export const meanings: Meanings = {
  busy: ({ path, cause }) => errors.WB_JOURNAL_BUSY(`Another process keeps the journal ${path} locked.`, { cause }),
  full: ({ path, cause }) => errors.WB_JOURNAL_FULL(`There is no space left for the journal ${path}.`, { cause }),
  io: ({ path, cause }) => errors.WB_JOURNAL_IO_FAILED(`Reading or writing the journal ${path} failed.`, { cause }),
  unsuitable: ({ path, cause }) => errors.WB_JOURNAL_UNSUITABLE_DRIVE(`The drive of ${path} cannot hold a journal.`, { cause }),
  'read-only': ({ path, cause }) => errors.WB_JOURNAL_READ_ONLY(`The journal ${path} cannot be written to.`, { cause }),
  'cannot-open': ({ path, cause }) => errors.WB_JOURNAL_CANNOT_OPEN(`The journal ${path} cannot be opened or created.`, { cause }),
  damaged: ({ path, cause }) => errors.WB_JOURNAL_DAMAGED(`The journal ${path} is damaged.`, blaming(cause)),
  'not-a-database': ({ path, cause }) => errors.WB_JOURNAL_NOT_A_JOURNAL(`The file ${path} is not a database.`, { cause }),
  foreign: ({ path, cause }) => errors.WB_JOURNAL_NOT_A_JOURNAL(`The database ${path} belongs to another program.`, { cause }),
  newer: ({ path, cause }) => errors.WB_JOURNAL_SCHEMA_NEWER(`A newer version has written the journal ${path}.`, { cause }),
  failed: ({ path, cause }) => errors.WB_JOURNAL_FAILED(`The journal ${path} could not do a step: ${cause.message}`, blaming(cause)),
  ended: ({ path, cause }) => errors.WB_JOURNAL_THREAD_ENDED(`The thread of the journal ${path} ended unexpectedly.`, { cause }),
  closed: ({ path }) => errors.WB_JOURNAL_CLOSED(`The journal ${path} is closed.`),
};

/** A file that is to blame is there for no step, until people have mended it; a single step that is to blame harms no other. */
function blaming(cause: Error): { readonly kind: FaultKind; readonly cause: Error } {
  return { kind: blamesTheCall(cause) ? 'invalid' : 'unavailable', cause };
}
