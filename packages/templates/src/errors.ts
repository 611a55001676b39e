import { defineErrors, MessageError } from '@waybill/contract';

/** The error codes of packs that are made of templates. */
export const errors = defineErrors(
  {
    WB_TEMPLATES_WRONG: {
      means:
        'The notifications of a pack are not as they have to be: a template cannot be parsed, names what there is not, or is missing; a text lacks a translation; a file has a name that means nothing. The error lists every place.',
      remedy: 'Correct each place that is listed and start again. Nothing was started.',
    },
    WB_TEMPLATES_FAILED: {
      means:
        'A template failed while a notification was composed: it needs a value that this event does not have, or a filter was given what it cannot work with. Nothing was sent; the event is kept with its data.',
      remedy: 'Correct the template at the place that is named, restart, and replay the parked message.',
    },
    WB_TEMPLATES_NO_RECIPIENT: {
      means: 'A notification says which field of the event holds its recipient, and the field is missing or empty in this event.',
      remedy: 'Give the customer an address, or name another field that holds one as well. Then replay the message, or drop it.',
    },
    WB_TEMPLATES_BAD_ADDRESS: {
      means: 'What should be one e-mail address is none, or would have become several recipients or headers.',
      remedy: 'Correct the address where it is kept. Then edit and replay the message, or drop it.',
    },
    WB_TEMPLATES_BAD_DATA: {
      means: 'What a notification should be made from is not the data of its event.',
      remedy: 'Give the data of the event, an object as its schema describes it.',
    },
    WB_TEMPLATES_TOO_LARGE: {
      means: 'A notification became larger than its limit: the mail, or its subject.',
      remedy: 'Shorten what the template writes, such as a list of all items of a very large order.',
    },
    WB_TEMPLATES_ONE_WAY: {
      means: 'A notification was to be read. It is written for people; no program reads it again.',
      remedy: 'Look at it as the mail or text that it is.',
      kind: 'unknown',
    },
    WB_TEMPLATES_UNKNOWN: {
      means: 'A pack was asked for a notification that it does not have.',
      remedy: 'Ask for one of those that the pack declares.',
      kind: 'unknown',
    },
  },
  MessageError,
);
