import { CommandError, defineErrors, TransportError } from '@waybill/contract';

/** What handlers of the simulation throw. */
export const commandErrors = defineErrors(
  {
    WB_SIM_BUSY: {
      means: 'A handler of the simulation has failed in a way that may pass, because the seed says so.',
      remedy: 'Nothing: it occurs in simulations only.',
      kind: 'unavailable',
    },
    WB_SIM_REFUSED: {
      means: 'A handler of the simulation has refused a message for good, because the seed says so.',
      remedy: 'Nothing: it occurs in simulations only.',
      kind: 'invalid',
    },
  },
  CommandError,
);

/** What transports and the journal of the simulation throw. */
export const transportErrors = defineErrors(
  {
    WB_SIM_FAULT: {
      means: 'A transport or the journal of the simulation has failed, because the seed says so.',
      remedy: 'Nothing: it occurs in simulations only.',
      kind: 'unavailable',
    },
  },
  TransportError,
);

/** The error codes of this package. */
export const errors = { ...commandErrors, ...transportErrors };
