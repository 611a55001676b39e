import { defineErrors } from '@waybill/contract';

export const errors = defineErrors({
  WB_TCP_UNREACHABLE: {
    means: 'Nobody answers at the host and port of an outbound entry.',
    remedy: 'Check that the far side runs. The message is sent again.',
  },
  WB_TCP_INTERRUPTED: {
    means: 'A connection ended, or the time for it was over, before the far side had said what became of the message.',
    remedy: 'Nothing: the message is sent again. The far side may have taken it already and then sees its id twice.',
  },
  WB_TCP_REFUSED: {
    means: 'The far side does not want the message.',
    remedy: 'Look at the reason that it gave.',
  },
  WB_TCP_PORT: {
    means: 'The port of an inbound entry cannot be listened on.',
    remedy: 'Choose a port that nobody else uses.',
  },
  WB_TCP_TOO_LARGE: {
    means: 'A message is larger than the "limit" of the inbound entry.',
    remedy: 'Raise "limit", or have the sender split the message.',
  },
});
