import { type Static, settings, Type } from '@waybill/contract';

/** The media type of a message whose body is a whole mail as JSON. */
export const mailDocumentType = 'application/vnd.waybill.mail+json';

const text = (description: string, most: number) => Type.String({ description, minLength: 1, maxLength: most });
const base64 = (description: string) => Type.String({ description, contentEncoding: 'base64' });
const mediaType = Type.String({
  description: 'Its media type. Of text types with a `charset` where there is one.',
  maxLength: 200,
  examples: ['application/pdf'],
});

const person = settings({
  name: Type.Optional(Type.String({ description: 'Of the person or the firm, any characters.', maxLength: 300 })),
  address: text('The bare address.', 320),
});
const address = Type.Union([text('`Name <address>`, or the address alone.', 1_000), person]);
const addresses = (description: string) =>
  Type.Union([text('One address, or several with commas between them.', 1_000_000), person, Type.Array(address, { maxItems: 100_000 })], {
    description,
  });

const image = settings({
  id: Type.String({
    description: 'What the HTML calls it by: `<img src="cid:ID">`. Best with an @: `logo@shop.example.com`.',
    pattern: '^[A-Za-z0-9._+-]{1,100}(@[A-Za-z0-9.-]{1,100})?$',
  }),
  contentType: mediaType,
  content: base64('Its bytes in base64.'),
  fileName: Type.Optional(text('The name under which it is saved.', 255)),
});

const attachment = settings({
  fileName: Type.Optional(text('Its name, without a path.', 255)),
  contentType: Type.Optional(mediaType),
  content: Type.Optional(base64('Its bytes in base64. It has either these or a text.')),
  text: Type.Optional(Type.String({ description: 'Its text, which is sent as UTF-8.' })),
});

/** A whole mail as JSON. What it does not say, the properties of the message say, and then the entry. */
export const mailDocument = settings({
  from: Type.Optional(address),
  sender: Type.Optional(address),
  to: Type.Optional(addresses('To whom it goes.')),
  cc: Type.Optional(addresses('Who gets a copy that the others see.')),
  bcc: Type.Optional(addresses('Who gets a copy of which the others do not know.')),
  replyTo: Type.Optional(addresses('Where answers of people go.')),
  subject: Type.Optional(Type.String({ description: 'The subject, any characters in one line.', maxLength: 1_000 })),
  text: Type.Optional(Type.String({ description: 'The mail as text.' })),
  html: Type.Optional(Type.String({ description: 'The mail as HTML. Without a text, one is made from it.' })),
  images: Type.Optional(Type.Array(image, { description: 'Images that stand in the HTML.', maxItems: 100 })),
  attachments: Type.Optional(Type.Array(attachment, { description: 'Files that come with it.', maxItems: 100 })),
  calendar: Type.Optional(
    settings(
      {
        method: Type.Union(
          [Type.Literal('REQUEST'), Type.Literal('CANCEL'), Type.Literal('REPLY'), Type.Literal('PUBLISH'), Type.Literal('COUNTER')],
          { description: 'The same as METHOD in the text.' },
        ),
        text: text('What is asked for, as iCalendar.', 1_000_000),
      },
      { description: 'An invitation or a change of one, which mail programs show with buttons.' },
    ),
  ),
  headers: Type.Optional(
    Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,75}$' }), text('What it says.', 2_000), {
      description: 'Headers of its own, of those that the entry lets through (`ownHeaders`).',
      maxProperties: 50,
    }),
  ),
  inReplyTo: Type.Optional(text('The Message-ID of the mail that it answers, with its angle brackets.', 998)),
  references: Type.Optional(
    Type.Array(text('A Message-ID.', 998), { description: 'The mails before it, the first one first.', maxItems: 50 }),
  ),
  thread: Type.Optional(text('Mails with the same word here are shown together, such as all about one order.', 200)),
  language: Type.Optional(
    Type.String({ description: 'The language that it is written in.', pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$' }),
  ),
  unsubscribe: Type.Optional(
    settings(
      {
        url: Type.Optional(
          Type.String({
            description: 'With one click, by a POST (RFC 8058). `{recipient}` stands for the address. The mail has one recipient then.',
            pattern: '^https://[!-;=?-~]{1,900}$',
          }),
        ),
        mailto: Type.Optional(text('The address to write to.', 254)),
      },
      { description: 'How this recipient ends the subscription.' },
    ),
  ),
});
export type MailDocument = Static<typeof mailDocument>;
export type Addresses = NonNullable<MailDocument['to']>;
