import { defineErrors, TransportError } from '@waybill/contract';

export const errors = defineErrors(
  {
    WB_TCP_UNREACHABLE: {
      means: 'Nobody answers at the host and port of an outbound entry.',
      remedy: 'Check that the far side runs. The message is sent when it does.',
      kind: 'unavailable',
    },
    WB_TCP_NOT_SENT: {
      means: 'The time for sending a message was over, or the sender was closed, before all of the message was written.',
      remedy: 'Nothing: the message is sent again.',
      kind: 'unavailable',
    },
    WB_TCP_NO_ANSWER: {
      means: 'A message was written, and the far side did not say what became of it.',
      remedy: 'Ask the far side whether it has the message, then send it again or drop it.',
      kind: 'unavailable',
    },
    WB_TCP_REFUSED: {
      means: 'The far side does not want the message, or not now.',
      remedy: 'Look at the reason that it gave.',
    },
    WB_TCP_PORT: {
      means: 'The port of an inbound entry cannot be listened on.',
      remedy: 'Choose a port that nobody else uses.',
      kind: 'unavailable',
    },
    WB_TCP_TOO_LARGE: {
      means: 'A message is larger than the "limit" of the inbound entry.',
      remedy: 'Increase "limit", or have the sender split the message.',
    },
  },
  TransportError,
);
