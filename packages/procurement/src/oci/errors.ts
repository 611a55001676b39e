import { defineErrors, MessageError } from '@waybill/contract';

/** The error codes of OCI calls. */
export const ociErrors = defineErrors(
  {
    WB_OCI_BAD_CALL: {
      means:
        'A call of a catalog by OCI lacks what it needs, or holds what cannot be: no return address, no product, a quantity that is none, too many fields.',
      remedy: 'Have the buyer correct the call structure of the catalog.',
    },
    WB_OCI_UNKNOWN_FUNCTION: {
      means: 'A call of a catalog by OCI asks for a function that this store does not have.',
      remedy: 'Have the buyer take the function out of the call structure of the catalog.',
      kind: 'unknown',
    },
  },
  MessageError,
);
