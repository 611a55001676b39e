import { defineErrors } from '@waybill/contract';

/** The error codes of the in-memory journal. */
export const journalErrors = defineErrors({
  WB_MEMORY_JOURNAL_CLOSED: {
    means: 'The in-memory journal was used after it had been closed.',
    remedy: 'Stop what uses the journal before you close it.',
  },
  WB_MEMORY_JOURNAL_SENDER_GONE: {
    means: 'Whoever sent a message at once has closed the in-memory journal, or ended, before it was known how the send ended.',
    remedy: 'Look at the far side whether the message has arrived before you send it again.',
    kind: 'unavailable',
    retryable: false,
  },
});
