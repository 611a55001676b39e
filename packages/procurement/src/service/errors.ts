import { CommandError, defineErrors } from '@waybill/contract';

/** The error codes of the PunchOut service: what it refuses beside what the statuses of cXML say. */
export const punchoutErrors = defineErrors(
  {
    WB_PUNCHOUT_WRONG: {
      means: 'The PunchOut service is not defined as it has to be.',
      remedy: 'Correct what the message names and start again. Nothing was started.',
    },
    WB_PUNCHOUT_UNKNOWN_BUYER: {
      means: 'A set-up was handed to the service for a buyer that the partners do not have.',
      remedy: 'Hand over the name of the principal, and look whether the buyer has just been removed.',
      kind: 'forbidden',
    },
    WB_PUNCHOUT_BODY_GONE: {
      means: 'The body of a request for the PunchOut service was read by somebody before it, or its browser went away in the middle of it.',
      remedy: 'Put the service in front of whatever parses bodies. A browser that went away needs nothing.',
    },
    WB_PUNCHOUT_BODY_TOO_LARGE: {
      means: 'The body of a request for the PunchOut service is larger than a form of it can be.',
      remedy: 'Nothing was done. Look who sends it.',
    },
    WB_PUNCHOUT_NOT_SUPPORTED: {
      means: 'An OCI call asks for products without a user interface, and the application does not answer such questions.',
      remedy: 'Give the storefront a `find`, or tell the buyer that the catalog has no such function.',
      kind: 'unknown',
    },
  },
  CommandError,
);
