import { type Static, settings, Type } from '@waybill/contract';

export const etiquette = settings(
  {
    automatic: Type.Boolean({
      description:
        'No person has written the mails (Auto-Submitted): automatic answers are not sent to them. `false` where people write what is sent.',
      default: true,
    }),
    suppressReplies: Type.Boolean({
      description: 'Servers of Microsoft are asked for no automatic answers (X-Auto-Response-Suppress). Bounces come all the same.',
      default: true,
    }),
    precedence: Type.Optional(
      Type.Union([Type.Literal('bulk'), Type.Literal('list')], {
        description: 'Marks mails that go to many (Precedence), for old servers.',
      }),
    ),
    listId: Type.Optional(
      Type.String({
        description: 'The name of the list that the mails belong to (List-Id): people sort by it.',
        pattern: '^[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$',
        examples: ['news.shop.example.com'],
      }),
    ),
    unsubscribe: Type.Optional(
      settings(
        {
          url: Type.Optional(
            Type.String({
              description:
                'Where one ends a subscription with one click (RFC 8058): a POST to this address must be enough. `{recipient}` stands for the address of the recipient. Such a mail has one recipient.',
              pattern: '^https://[!-;=?-~]{1,900}$',
              examples: ['https://shop.example.com/unsubscribe?who={recipient}'],
            }),
          ),
          mailto: Type.Optional(
            Type.String({
              description: 'To which address one writes to end a subscription.',
              minLength: 3,
              maxLength: 254,
              examples: ['leave@shop.example.com'],
            }),
          ),
        },
        {
          description:
            'How one ends a subscription (List-Unsubscribe), where the message does not say it. Big receivers require it of advertising.',
        },
      ),
    ),
  },
  { description: 'What tells servers and mail programs that a program has sent a mail, and for what.' },
);
export type Etiquette = Static<typeof etiquette>;
