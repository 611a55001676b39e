import { bytes, duration, path, type Settings, settings, Type } from '@waybill/contract';

export const journalSettings = settings({
  path: path({
    description:
      'The file that holds the journal. Its folder is created when it is missing; two more files stand beside it while it is open.',
    default: './waybill-journal.db',
    examples: ['./data/journal.db'],
  }),
  busyTimeout: duration({
    description: 'How long a step waits for another process that is writing to the same file.',
    default: '5s',
  }),
  maxSize: Type.Optional(
    bytes({
      description:
        'The size that the file may reach. Beyond it new messages are refused (they can be retried), so that a journal cannot fill a disk that others need. Without it only the disk is the limit.',
      examples: ['20GB'],
    }),
  ),
});

export type JournalSettings = Settings<typeof journalSettings>;
