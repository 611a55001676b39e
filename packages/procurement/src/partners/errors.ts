import { defineErrors, MessageError } from '@waybill/contract';

/** The error codes of partners. */
export const partnerErrors = defineErrors(
  {
    WB_PARTNERS_WRONG: {
      means: 'The declaration of partners is not as it has to be. The error lists every place.',
      remedy: 'Correct each place that is listed and start again. Nothing was started.',
    },
    WB_PARTNERS_NOT_ENTITLED: {
      means:
        'A sender has proved who it is and speaks for somebody for whom it may not speak: a buyer that is not known, or that is not in its list.',
      remedy: 'If it may, add the buyer to `speaksFor` of the sender, and its identity to the buyer. Nothing was done.',
      kind: 'forbidden',
    },
    WB_PARTNERS_BAD_RETURN_ADDRESS: {
      means: 'A buyer wants its cart at an address that is none of its own: not https, or of a host that is not in its list.',
      remedy: 'If the host is one of the buyer, add it to `returnHosts`. No session was opened.',
    },
    WB_PARTNERS_NO_REQUISITIONER: {
      means: 'A buyer does not say who shops: none of the fields that should hold an id is filled.',
      remedy: 'Name the field that holds it under `parameters.user` of the buyer.',
    },
    WB_PARTNERS_TEST_REFUSED: {
      means: 'A buyer has sent a document for a test, and takes part in production only.',
      remedy: 'Set `test` of the buyer to `as-told` where tests are wanted.',
      kind: 'forbidden',
    },
  },
  MessageError,
);
