import { type Settings, settings, Type } from '@waybill/contract';

/** What an outbound entry can choose. */
export const writing = settings({
  as: Type.Union([Type.Literal('mail'), Type.Literal('text'), Type.Literal('html')], {
    description:
      'What a notification becomes: a whole mail as JSON, which the email transport sends; or its text or its page of HTML alone, for files, queues and previews. Recipient and subject are properties of the message then.',
    default: 'mail',
  }),
});
export type Writing = Settings<typeof writing>;
