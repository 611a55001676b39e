import { CommandError, defineErrors, MessageError, TransportError } from '@waybill/contract';

/** What is wrong with a message, in the eyes of the kernel. */
export const messageErrors = defineErrors(
  {
    WB_MESSAGE_NOT_ACCEPTED: {
      kind: 'unknown',
      means: 'The message is known, but the inbound entry on which it arrived does not take it.',
      remedy: 'Add the message type to "messages" of the entry, or have the sender use the right endpoint.',
    },
    WB_REPLY_NEEDS_PROCESSED: {
      kind: 'invalid',
      means:
        'A message that wants an answer came to an inbound entry that accepts messages as stored, and its sender can only be answered while it waits.',
      remedy: 'Say "accept": "processed" in an entry of its own for such messages.',
    },
    WB_ATTEMPTS_SPENT: {
      kind: 'invalid',
      means: 'A message was handed out again and again without any outcome, as when the process ends while it works on it.',
      remedy: 'Find out why the process ends; then replay the parked message.',
    },
    WB_MESSAGE_ID_REUSED: {
      kind: 'conflict',
      means: 'A message arrived under the id of an earlier message, with another body.',
      remedy:
        'Have the sender give every message an id of its own. The effects of the earlier message are recorded, those of this one are not.',
    },
    WB_MESSAGE_EXPIRED: {
      kind: 'invalid',
      means: 'The message was not handled, or not sent, before the instant after which nobody wants it.',
      remedy: 'Drop it, or replay it after an edit that says what is wanted now; see why it had to wait for so long.',
    },
    WB_MESSAGE_WAITS: {
      kind: 'conflict',
      retryable: true,
      means: 'An earlier message of the same order waits, to be tried again or for a person; this one has to come after it.',
      remedy:
        'Send it again later. `waybill` lists the messages that hold up others; the first of them has to be corrected, replayed or dropped.',
    },
    WB_COMMAND_UNHANDLED: {
      kind: 'unavailable',
      retryable: false,
      means: 'The application has no handler for the command of this message.',
      remedy: 'Add a handler with handle(command, …), or leave the message type out of the "messages" of the entry.',
    },
    WB_COMMAND_BAD_INPUT: {
      kind: 'invalid',
      means: 'What the message says does not fit the command: a value is missing or has the wrong form.',
      remedy: 'Have the sender correct the value at the named place.',
    },
    WB_AUTH_NO_AUTHENTICATOR: {
      kind: 'forbidden',
      means: 'The message carries credentials, and the application has nothing to check them with.',
      remedy: 'Give the application an "authenticate" function, or say "credentials": "ignore" in the inbound entry.',
    },
    WB_AUTH_REFUSED: { kind: 'forbidden', means: 'The credentials inside the message are wrong.', remedy: 'Have the sender correct them.' },
    WB_AUTH_NOT_ALLOWED: {
      kind: 'forbidden',
      means: 'The sender is known, but may not send this message type here.',
      remedy: 'Name the sender and the type under "allow" of the inbound entry.',
    },
    WB_EVENT_BAD_DATA: {
      kind: 'invalid',
      means: 'An event was published with data that its definition does not allow.',
      remedy: 'Correct the published data at the named place.',
    },
    WB_EVENT_NO_ROUTE: {
      kind: 'unknown',
      means: 'An event that asks for an answer has no route, so there is nobody to ask.',
      remedy: 'Add a route for the event to the manifest.',
    },
    WB_EVENT_ALREADY_SENT: {
      kind: 'conflict',
      means: 'Something was to be sent at once under an id that was sent, or is being sent, before.',
      remedy: 'Give every event an id of its own, or leave the id out.',
    },
    WB_REQUEST_UNEXPECTED_REPLY: {
      kind: 'invalid',
      means: 'A reply came, but it is not of the type that the request expects.',
      remedy: 'Look at what the far side sends; the expected type stands in the message table of the pack.',
    },
  },
  MessageError,
);

/** What is wrong with how the application served a command. */
export const commandErrors = defineErrors(
  {
    WB_COMMAND_BAD_OUTPUT: {
      kind: 'unavailable',
      retryable: false,
      means: 'A handler answered with something that its command does not allow. This is a defect of the application.',
      remedy: 'Correct the handler; the named place tells which value is wrong.',
    },
  },
  CommandError,
);

/** What is wrong with a transport, a connection or a destination. */
export const transportErrors = defineErrors(
  {
    WB_DESTINATION_PAUSED: {
      kind: 'unavailable',
      means: 'Something was to be sent at once to a destination that people have paused.',
      remedy: 'Resume the destination, or use publish, which waits for that.',
    },
    WB_LISTENER_ENDED: {
      kind: 'unavailable',
      means: 'A listener stopped receiving without being asked to. It is opened again.',
      remedy: 'Report it to the makers of the plugin.',
    },
  },
  TransportError,
);

/** Everything else that the running kernel raises. */
export const errors = defineErrors({
  WB_KERNEL_STATE: {
    means: 'The kernel was asked for something that it cannot do in its present state.',
    remedy: 'Call start() once and wait for it; do not publish before that or after stop().',
  },
  WB_KERNEL_STOPPING: {
    kind: 'unavailable',
    means: 'A message was in hand when the kernel had to stop.',
    remedy:
      'Nothing, if it came in or was published: it is handed out again. What was sent at once may have arrived, and is listed as failed.',
  },
  WB_JOURNAL_UNAVAILABLE: {
    kind: 'unavailable',
    means: 'The journal cannot record anything at the moment, so that no message is taken.',
    remedy: 'The log and `status` say what is wrong with the journal. Send the message again later.',
  },
});
