import { defineErrors } from '@waybill/contract';
import { journalErrors } from './memory/journal/errors.ts';

/** The error codes of this package. */
export const errors = defineErrors({
  ...journalErrors,
  WB_MEMORY_CLOSED: {
    means: 'A message was sent through a sender of the in-memory transport after it had been closed.',
    remedy: 'Open a new sender; a closed one stays closed.',
  },
  WB_MEMORY_LOST: {
    means: 'A connection of the in-memory transport was cut or closed.',
    remedy: 'Connect again. What was in hand is on its queue.',
  },
  WB_MEMORY_TIMEOUT: {
    means: 'The time for a send or a request of the in-memory transport was over before the reply came.',
    remedy: 'Let the other side answer sooner, or allow more time.',
  },
  WB_SUITE_REJECTED: {
    means: 'The transport suite has rejected a delivery, to see what the transport does then.',
    remedy: 'Nothing: it occurs in tests of transports only.',
  },
  WB_SUITE_RETRY: {
    means: 'The transport suite has asked for another delivery of a message, to see what the transport does then.',
    remedy: 'Nothing: it occurs in tests of transports only.',
  },
});
