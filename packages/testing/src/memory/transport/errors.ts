import { defineErrors, TransportError } from '@waybill/contract';

/** The error codes of the in-memory transport. */
export const transportErrors = defineErrors(
  {
    WB_MEMORY_CLOSED: {
      means: 'A message was sent through a sender of the in-memory transport after it had been closed.',
      remedy: 'Open a new sender; a closed one stays closed.',
      kind: 'unavailable',
    },
    WB_MEMORY_LOST: {
      means: 'A connection of the in-memory transport was cut or closed.',
      remedy: 'Connect again. What was in hand is on its queue.',
      kind: 'unavailable',
    },
    WB_MEMORY_TIMEOUT: {
      means: 'The time for a send or a request of the in-memory transport was over before the far side answered.',
      remedy: 'Let the other side answer sooner, or allow more time.',
      kind: 'unavailable',
    },
    WB_MEMORY_FAILED: {
      means: 'A queue in memory was told by a test to fail, and did.',
      remedy: 'Let the test repair the queue.',
    },
    WB_MEMORY_UNKNOWN_OPTION: {
      means: 'A sender of the in-memory transport got an option that the contract does not have.',
      remedy: 'Leave the option out, also when its value is undefined.',
    },
  },
  TransportError,
);
