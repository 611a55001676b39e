import { bytes, type Settings, secret, settings, Type } from '@waybill/contract';

/** What whatever is written needs, answers and documents. */
const common = {
  host: Type.String({
    description:
      'What stands behind the @ in the payload ids of what is written: a host name of the supplier, so that nobody else makes the same ids.',
    pattern: '^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$',
    default: 'localhost',
    examples: ['shop.harborpine.example'],
  }),
  offset: Type.String({
    description: 'In which offset from UTC timestamps are written: cXML wants local time with a numeric offset, and knows no Z.',
    pattern: '^[+-](0[0-9]|1[0-4]):[0-5][0-9]$',
    default: '+00:00',
    examples: ['-05:00'],
  }),
  version: Type.String({
    description: 'By which version of the DTD documents are written. What came later is left out for partners who know an older one.',
    pattern: '^1\\.[12]\\.[0-9]{3}$',
    default: '1.2.050',
    examples: ['1.2.071'],
  }),
};

const count = (description: string, preset: number) => Type.Integer({ description, minimum: 1, default: preset });

const limits = settings({
  bytes: bytes({ description: 'The largest document that is read, without its attachments.', default: '4MB' }),
  attachments: bytes({ description: 'How large all attachments of a message may be together.', default: '25MB' }),
  parts: count('How many parts a message with attachments may have.', 100),
  depth: count('How many elements may stand inside one another.', 60),
  elements: count('How many elements a document may have.', 500_000),
  attributes: count('How many attributes an element may have.', 60),
  attributeLength: count('The longest value of an attribute, in UTF-16 units.', 10_000),
  textLength: count('The longest text of an element, in UTF-16 units.', 1_000_000),
});

/** What an inbound entry can choose for reading and for answering: `"packs": { "procurement": { … } }`. */
export const options = settings({
  ...common,
  limits: { ...limits, description: 'What a message may use. One that uses more is refused with the status 499 or 406.', default: {} },
  lowerCaseRoot: Type.Boolean({
    description: 'Whether the root element may be written `cxml`, as some senders do.',
    default: true,
  }),
  strict: Type.Boolean({
    description:
      'Whether documents have to be as their DTD says. False: what real systems get wrong is read, such as children in another order, and told as a warning.',
    default: false,
  }),
  ownStatusUpdates: Type.Boolean({
    description:
      'For tools that look at documents of one’s own: whether a StatusUpdateRequest that speaks of no invoice, payment or document is one that was sent from here, and not one that came in.',
    default: false,
  }),
});
export type Options = Settings<typeof options>;

const party = (description: string) =>
  settings(
    {
      domain: Type.String({ description: 'The list of names: NetworkID, DUNS.', minLength: 1 }),
      identity: Type.String({ description: 'The name in it.', minLength: 1 }),
    },
    { description },
  );

const names = (description: string) => Type.Optional(Type.Array(party('A name.'), { description, minItems: 1 }));

const sender = settings({
  domain: Type.String({ description: 'The list of names that the identity is from: NetworkID, DUNS.', minLength: 1 }),
  identity: Type.String({ description: 'By which name the partner knows the sender.', minLength: 1 }),
  secret: Type.Optional(
    secret({
      description: 'The secret that belongs to it. It is put in when the document leaves, and kept nowhere. Default: none is sent.',
    }),
  ),
});

/** What an outbound entry can choose for writing. */
export const writing = settings({
  ...common,
  sender: Type.Optional({
    ...sender,
    description: 'Who the documents are sent by. Default: what the event says, without a secret.',
  }),
  userAgent: Type.Optional(
    Type.String({
      description: 'What the header says of the program that sends. Default: what the event says, else Waybill.',
      minLength: 1,
    }),
  ),
  from: names('Whom documents come from. Several are names of the same party. Default: what the event says.'),
  to: names('Whom documents are for. Default: what the event says.'),
});
export type Writing = Settings<typeof writing>;
