import { defineErrors } from '@waybill/contract';

/** What the transport suite says about deliveries that it does not accept. */
export const suiteErrors = defineErrors({
  WB_SUITE_REJECTED: {
    means: 'The transport suite has rejected a delivery, to see what the transport does then.',
    remedy: 'Nothing: it occurs in tests of transports only.',
  },
  WB_SUITE_RETRY: {
    means: 'The transport suite has asked for another delivery of a message, to see what the transport does then.',
    remedy: 'Nothing: it occurs in tests of transports only.',
    kind: 'unavailable',
  },
});
