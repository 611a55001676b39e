import { defineErrors } from '@waybill/contract';

/** The error codes of the in-memory journal. */
export const journalErrors = defineErrors({
  WB_MEMORY_JOURNAL_CLOSED: {
    means: 'The in-memory journal was used after it had been closed.',
    remedy: 'Stop what uses the journal before you close it.',
  },
});
