import { defineErrors } from '@waybill/contract/errors';

/** The error codes of the mail catcher. */
export const errors = defineErrors({
  WB_CATCHER_BAD_OPTION: {
    means: 'An option of the mail catcher has a value that makes no sense.',
    remedy: 'Give it a whole number in the range that the message names, or leave the option out.',
  },
  WB_CATCHER_PORT_IN_USE: {
    means: 'Another program listens on the port that the mail catcher was to take, maybe another mail catcher.',
    remedy: 'End the other program, or choose another port; 0 takes any that is free.',
  },
  WB_CATCHER_CANNOT_LISTEN: {
    means: 'The mail catcher cannot listen on the address and port that it was given.',
    remedy: 'Take an address of this machine, and a port above 1023 unless the process may use the lower ones.',
  },
  WB_CATCHER_NO_MAIL: {
    means: 'No mail that was waited for has come in time.',
    remedy: 'Look on the page whether it came, to whom and when; compare the condition with it, or wait longer.',
  },
  WB_CATCHER_CLOSED: {
    means: 'A mail was waited for while the mail catcher was closed.',
    remedy: 'Wait for the mail first, then close the mail catcher.',
  },
});
