import { CommandError, defineErrors, MessageError, TransportError } from '@waybill/contract';

/** What is wrong with a message, or with the pack that reads or writes it. */
export const packErrors = defineErrors(
  {
    WB_MESSAGE_UNRECOGNISED: {
      kind: 'unknown',
      means: 'No loaded message pack knows this message.',
      remedy:
        'Install and name the pack that knows it, or have the sender write a known root element and version. Where no sender waits for the answer, the message is kept as parked and can be replayed.',
    },
    WB_PACK_FAILED: {
      kind: 'unavailable',
      retryable: false,
      means: 'A message pack failed in a way that packs must not: this is a defect of the pack.',
      remedy: 'Report it to the makers of the pack together with the cause that stands in the log.',
    },
    WB_COMMAND_UNKNOWN: {
      kind: 'unavailable',
      retryable: false,
      means: 'A message pack asks for a command, or composes for an event, that none of its message types declares.',
      remedy: 'Report it to the makers of the pack.',
    },
  },
  MessageError,
);

/** What is wrong with how the application answered. */
export const applicationErrors = defineErrors(
  {
    WB_COMMAND_FAILED: {
      kind: 'unavailable',
      means: 'A handler threw an error that is not a CommandError, so it is not known whether trying again helps; it is tried again.',
      remedy: 'Look at the cause in the log. Throw a CommandError where the application refuses something.',
    },
    WB_COMMAND_TIMEOUT: {
      kind: 'unavailable',
      means: 'The application did not finish its work for a message within the "timeout" of its inbound entry.',
      remedy: 'Make it faster, have it obey context.signal, or raise "timeout".',
    },
  },
  CommandError,
);

/** What is wrong with a transport, what it is connected to, a journal, or an application that is started or stopped. */
export const pluginErrors = defineErrors(
  {
    WB_APP_FAILED: {
      kind: 'unavailable',
      means: 'What the application does in `started` or `stopped` failed with an error of its own, or took too long.',
      remedy: 'Look at the cause. Where the start failed, everything is closed again: start anew when what the application needs is there.',
    },
    WB_CONNECTION_DOWN: {
      kind: 'unavailable',
      means: 'Something was to be sent at once while the destination was down.',
      remedy: 'Try again when it is back, or use publish, which waits for it.',
    },
    WB_SEND_TIMEOUT: {
      kind: 'unavailable',
      means: 'The far side did not take a message within the "timeout" of the outbound entry; it may have arrived all the same.',
      remedy: 'Check the far side, or raise "timeout". The "unknown" setting of the entry says whether it is tried again.',
    },
    WB_RECIPIENTS_OPEN: {
      kind: 'unavailable',
      means: 'The far side took a message for some of its recipients only, and others may succeed later.',
      remedy: 'It is tried again for those recipients only. What was said of each stands beside the message in the journal.',
    },
    WB_RECIPIENTS_REFUSED: {
      kind: 'invalid',
      means: 'The far side refused a message for every one of its recipients.',
      remedy: 'Look at what was said of each recipient, correct the addresses, and publish the event again.',
    },
    WB_PLUGIN_MISMATCH: {
      kind: 'invalid',
      means: 'A plugin is not what its card says: no definition, another kind, another name, or another contract version.',
      remedy: 'Install a version of the plugin whose card is fresh, or tell its makers.',
    },
    WB_PLUGIN_SLOW: {
      kind: 'unavailable',
      means: 'A plugin did not finish opening or closing something in time.',
      remedy: 'Check that the far side, or the disk, answers. While the kernel runs, it is tried again.',
    },
    WB_PLUGIN_FAILED: {
      kind: 'unavailable',
      means: 'A plugin failed with an error of its own instead of one of the contract; it is tried again.',
      remedy: 'Look at the cause in the log, and report it to the makers of the plugin.',
    },
  },
  TransportError,
);

/** What is wrong with the log: told as a warning of the process, and thrown by nobody. */
export const logErrors = defineErrors({
  WB_LOG_FAILED: {
    means: 'The log threw an error: a line is lost, and more may be. Messages go on.',
    remedy: 'Look at the cause: a full disk, a closed pipe, or a defect of the log that the application gave.',
  },
});

/** What is wrong with the code that a manifest names. */
export const loadErrors = defineErrors({
  WB_PLUGIN_LOAD: {
    means: 'The code of a plugin could not be loaded.',
    remedy: 'Look at the cause: usually a package is missing or was built for another version of Node.',
  },
  WB_APP_LOAD: {
    means: 'The module that the manifest names with "app" could not be loaded, or does not default-export an application.',
    remedy: 'Look at the cause: the module, or one that it imports, is not there, is no JavaScript, or threw while it was imported.',
  },
  WB_HANDLER_DUPLICATE: {
    means: 'Two handlers serve the same command.',
    remedy: 'Remove one of them.',
  },
  WB_ROUTE_NO_KEYS: {
    means: 'A route has "when", and its event has no business keys, so that the route would never take anything.',
    remedy: 'Leave "when" out, or give the event `businessKeys`.',
  },
  WB_HANDLER_MISSING: {
    means: 'An inbound entry lists a message type whose command nobody handles.',
    remedy: 'Add a handler, or take the message type off the list.',
  },
});
