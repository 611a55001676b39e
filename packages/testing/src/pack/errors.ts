import { CommandError, defineErrors, MessageError } from '@waybill/contract';

/** What the pack suite lets a pack answer to. */
export const refusals = defineErrors(
  {
    WB_SUITE_REFUSED: {
      means: 'The pack suite pretends that a handler has refused a command, to see what the pack answers.',
      remedy: 'Nothing: it occurs in tests of message packs only.',
    },
  },
  CommandError,
);

export const unreadables = defineErrors(
  {
    WB_SUITE_UNREADABLE: {
      means: 'The pack suite pretends that a message could not be read, to see what the pack answers.',
      remedy: 'Nothing: it occurs in tests of message packs only.',
      kind: 'unreadable',
    },
  },
  MessageError,
);
