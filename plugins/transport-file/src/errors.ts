import { defineErrors, type SendFailure, TransportError } from '@waybill/contract';
import { errnoOf } from './file-system.ts';

/** The error codes of this transport. */
export const errors = defineErrors(
  {
    WB_FILE_NO_FOLDER: {
      means: 'A folder that a connection or an endpoint names is not there, or is not a folder.',
      remedy: 'Create the folder, mount the volume it is on, or let the connection create it ("create": true).',
      kind: 'unavailable',
    },
    WB_FILE_NOT_ALLOWED: {
      means: 'The operating system does not let this process read, write or rename in the folder.',
      remedy: 'Give the user that runs Waybill the right to read and write the folder; renaming needs the right to write.',
      kind: 'unavailable',
    },
    WB_FILE_NO_SPACE: {
      means: 'A file could not be written because the disk is full or a quota is used up.',
      remedy: 'Free space, raise the quota, or point the connection at another folder. The message is sent again later.',
      kind: 'unavailable',
    },
    WB_FILE_IO: {
      means: 'The operating system reported another fault while a file was read, written or moved.',
      remedy: 'Look at the cause: it carries the code of the operating system.',
      kind: 'unavailable',
    },
    WB_FILE_OUTSIDE: {
      means: 'A folder of an endpoint lies outside the folder of its connection, possibly by way of a symbolic link.',
      remedy: 'Name a folder inside that of the connection, or make a connection of its own for the other place.',
    },
    WB_FILE_SAME_FOLDER: {
      means: 'Files that are done with would be moved into the folder they were read from, and read again.',
      remedy: 'Choose another folder for "done" or "rejected".',
    },
    WB_FILE_TOO_LARGE: {
      means: 'A file is larger than the endpoint accepts. It was not read; it lies in the folder for rejected files.',
      remedy: 'Raise "limit" of the endpoint and move the file back, or ask the sender for smaller files.',
    },
    WB_FILE_UNREADABLE: {
      means: 'A file could be claimed but not read. It lies in the folder for rejected files.',
      remedy: 'Correct the rights of the file (or the disk), and move it back.',
      kind: 'unreadable',
    },
    WB_FILE_EXISTS: {
      means: 'A file with the name of the message is there already, and has other contents. It was not overwritten.',
      remedy: 'See where the other file comes from; give the endpoint a folder or a name pattern of its own.',
      kind: 'conflict',
    },
    WB_FILE_TIME_OVER: {
      means: 'The time for writing a file was over before it was visible. Nothing was sent.',
      remedy: 'Allow a longer "timeout", or find out why the disk is slow.',
      kind: 'unavailable',
    },
    WB_FILE_CLOSED: {
      means: 'A message was sent through a sender that had been closed.',
      remedy: 'Open a new sender; a closed one stays closed.',
      kind: 'unavailable',
    },
  },
  TransportError,
);

type Code = keyof typeof errors;

const codes: Readonly<Record<string, Code>> = {
  ENOENT: 'WB_FILE_NO_FOLDER',
  ENOTDIR: 'WB_FILE_NO_FOLDER',
  ESTALE: 'WB_FILE_NO_FOLDER',
  EACCES: 'WB_FILE_NOT_ALLOWED',
  EPERM: 'WB_FILE_NOT_ALLOWED',
  EROFS: 'WB_FILE_NOT_ALLOWED',
  ENOSPC: 'WB_FILE_NO_SPACE',
  EDQUOT: 'WB_FILE_NO_SPACE',
};

const reasons: Readonly<Partial<Record<Code, string>>> = {
  WB_FILE_NO_FOLDER: 'the folder is not there',
  WB_FILE_NOT_ALLOWED: 'the operating system does not allow it',
  WB_FILE_NO_SPACE: 'the disk is full',
};

/**
 * What an error of the file system means here. `doing` completes the sentence "Cannot …". All of these failures may
 * pass with time, and none is the fault of the message in hand. `outcome` is that of a send. By default the message was
 * surely not sent, and a missing folder means that the connection has to be opened anew.
 */
export function failureOf(cause: unknown, doing: string, outcome: SendFailure = 'not-sent'): TransportError {
  if (cause instanceof TransportError) return cause;
  const errno = errnoOf(cause);
  const code = codes[errno ?? ''] ?? 'WB_FILE_IO';
  const reason = reasons[code] ?? `the operating system reports ${errno ?? 'no code'}`;
  const connectionLost = code === 'WB_FILE_NO_FOLDER' && outcome === 'not-sent';
  return errors[code](`Cannot ${doing}: ${reason}.`, { cause, outcome, connectionLost });
}
