/** What a mail document may say, as the README of the email transport lists it. A test of the repository compares both schemas. */
export const mailDocumentKeys: readonly string[] = (
  'from sender to cc bcc replyTo subject text html images attachments calendar headers ' +
  'inReplyTo references thread language unsubscribe'
).split(' ');
