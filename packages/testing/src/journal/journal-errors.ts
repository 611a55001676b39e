import { defineErrors } from '@waybill/contract';

/** The error codes of the in-memory journal. */
export const journalErrors = defineErrors({
  WB_MEMORY_JOURNAL_DUPLICATE_LEG: {
    means: 'Two different messages for the same destination were given the same id. Nothing of the step was recorded.',
    remedy: 'Give every message of a destination an id of its own.',
  },
  WB_MEMORY_JOURNAL_CLOSED: {
    means: 'The in-memory journal was used after it had been closed.',
    remedy: 'Stop what uses the journal before you close it.',
  },
});
