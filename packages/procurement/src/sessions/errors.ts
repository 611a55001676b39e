import { defineErrors } from '@waybill/contract';

/** The error codes of the file of PunchOut sessions. */
export const sessionErrors = defineErrors({
  WB_SESSIONS_UNUSABLE: {
    means:
      'The file of the PunchOut sessions cannot be opened: it belongs to another program or a later version, is damaged, or the folder is missing or not writable.',
    remedy: 'Read the reason in the message. Name another file, or correct the folder and its rights.',
    kind: 'unavailable',
    retryable: false,
  },
  WB_SESSIONS_FAILED: {
    means:
      'A PunchOut session could not be read from its file, or a step of it was not written: the disk is full, the file is closed, locked for long, or damaged. Nothing of the step was done.',
    remedy: 'Look at the cause. Free space, or end what holds the file; the next request tries again.',
    kind: 'unavailable',
  },
});
