import { defineErrors } from '@waybill/contract/errors';

/** The error codes of the buyer simulator. */
export const errors = defineErrors({
  WB_BUYER_BAD_OPTION: {
    means: 'An option of the buyer simulator has a value that makes no sense.',
    remedy: 'Give it a value as the message says, or leave the option out.',
  },
  WB_BUYER_PORT_IN_USE: {
    means: 'Another program listens on the port that the buyer simulator was to take, maybe another buyer simulator.',
    remedy: 'End the other program, or choose another port; 0 takes any that is free.',
  },
  WB_BUYER_CANNOT_LISTEN: {
    means: 'The buyer simulator cannot listen on the address and port that it was given.',
    remedy: 'Take an address of this machine, and a port above 1023 unless the process may use the lower ones.',
  },
  WB_BUYER_BAD_CERTIFICATE: {
    means: 'The key and the certificate that the buyer simulator was given cannot be used for TLS.',
    remedy: 'Give it a key and the certificate of this key, both in PEM.',
  },
  WB_BUYER_WRONG_STEP: {
    means: 'A requisition of the buyer simulator is not in the state that a step needs: an order without lines, for instance.',
    remedy: 'Look at the requisition on the page, and do first what the message says.',
  },
  WB_BUYER_SHOP_UNREACHABLE: {
    means: 'A shop did not answer a document of the buyer simulator, or with something that is no cXML.',
    remedy: 'Look at the exchange on the page: it has what was sent and what came back. Compare the address of the shop.',
    kind: 'unavailable',
  },
});
