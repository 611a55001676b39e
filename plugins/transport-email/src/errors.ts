import { defineErrors, TransportError } from '@waybill/contract/errors';

/** The error codes of this transport. */
export const errors = defineErrors(
  {
    WB_EMAIL_ADDRESS: {
      means: 'An address of a mail is none: it has a line break, a blank, no @, or a form that no server takes.',
      remedy: 'Correct the address in the message, or in the entry.',
    },
  },
  TransportError,
);
