import { type Static, Type } from '@waybill/contract';

// What can differ from one procurement system to the next, and what the code of this package and of applications acts on.
// A profile sets defaults of these, a buyer overrides each of them. Facts: reference/procurement-messages.md, chapter 7.

function words<const Words extends readonly [string, ...string[]]>(description: string, ...of: Words) {
  return Type.Optional(
    Type.Unsafe<Words[number]>({ anyOf: of.map((each) => ({ type: 'string', const: each })), description, examples: [of[0]] }),
  );
}

const flag = (description: string) => Type.Optional(Type.Boolean({ description }));
const most = (description: string) => Type.Optional(Type.Integer({ description, minimum: 1, maximum: 100_000 }));
const names = (description: string) => Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description }));

const limits = Type.Object(
  {
    partId: most('Of the part number. A longer one is refused.'),
    auxiliaryId: most('Of the auxiliary id. A longer one is refused.'),
    buyerPartId: most('Of the part number of the buyer. A longer one is refused.'),
    manufacturerPartId: most('Of the part number of the manufacturer. It is cut.'),
    manufacturer: most('Of the name of the manufacturer. It is cut.'),
    shortName: most('Of the short name. It is cut.'),
    description: most('Of the description. It is cut.'),
    comment: most('Of a remark. It is cut.'),
  },
  { additionalProperties: false, description: 'The longest that a text of a cart may be.' },
);

const parameters = Type.Object(
  {
    user: names(
      'Where the id of the person who shops stands: names of extrinsics, or of fields of the OCI call. The first that is filled counts.',
    ),
    email: names('Where the e-mail address stands, before contact and ship-to are looked at.'),
    firstName: names('Where the first name stands.'),
    lastName: names('Where the last name stands.'),
    unit: names('Where the business unit stands.'),
    department: names('Where the department or cost centre stands.'),
    contract: names('Where the contract stands.'),
  },
  {
    additionalProperties: false,
    description: 'The names that the buyer has for what it tells of the person who shops. They are compared without case.',
  },
);

export const platformProperties = {
  version: Type.Optional(
    Type.String({
      description: 'The version of the cXML DTD that is written.',
      pattern: '^1\\.[0-9]{1,2}\\.[0-9]{3}$',
      examples: ['1.2.050'],
    }),
  ),
  form: words('How the cart stands in the form that the browser posts.', 'cxml-urlencoded', 'cxml-base64'),
  formField: Type.Optional(
    Type.String({
      description: 'How the buyer spells the name of that field.',
      pattern: '^[A-Za-z-]{1,40}$',
      examples: ['cXML-urlencoded'],
    }),
  ),
  returnTarget: words('Which window the cart is posted in, where the call does not say.', '_self', '_top', '_parent', '_blank'),
  startPage: words(
    'Whether the start address opens the store at once or asks for a click first, which keeps scanners of links out.',
    'direct',
    'button',
  ),
  startSeconds: Type.Optional(
    Type.Integer({
      description: 'For how many seconds a start address is good. Default: what the PunchOut service says.',
      minimum: 1,
      maximum: 3600,
    }),
  ),
  operationAllowed: words('What the buyer may later do with the lines of a cart, at most.', 'edit', 'inspect', 'create'),
  cookie: words('Whether blanks around the cookie of the buyer belong to it.', 'trimmed', 'exact'),
  unknownEdit: words(
    'What is done when a buyer edits lines that nobody here knows: it is refused, or a session is opened that holds these lines.',
    'refuse',
    'open',
  ),
  emptyCart: words(
    'Whether a cart without lines is written as such, or as "no change", where the session is no edit.',
    'message',
    'no-change',
  ),
  unmappedUnits: words('What is done with a unit that the map of units lacks.', 'refuse', 'pass'),
  priceBasis: words('Whether the buyer reads prices for more than one unit, or wants the price of one.', 'write', 'unit-price'),
  shortName: flag('Whether short names are written.'),
  required: Type.Optional(
    Type.Array(
      Type.Unsafe<'partId' | 'auxiliaryId' | 'unit' | 'description' | 'unspsc'>({
        anyOf: ['partId', 'auxiliaryId', 'unit', 'description', 'unspsc'].map((each) => ({ type: 'string', const: each })),
      }),
      { description: 'What every line needs, since the buyer loses the cart otherwise.' },
    ),
  ),
  forbiddenInIds: Type.Optional(
    Type.String({
      description: 'Characters that the buyer takes in no part number and no auxiliary id.',
      maxLength: 100,
      examples: ['?{}'],
    }),
  ),
  plainMarks: flag('Whether trademark, registered and copyright signs are written as (TM), (R) and (C).'),
  countsBytes: flag('Whether the limits count bytes of UTF-8 instead of characters.'),
  limits: Type.Optional(limits),
  parameters: Type.Optional(parameters),
  test: words('What counts as a test: what the document says, everything, or nothing, tests being refused.', 'as-told', 'always', 'refuse'),
  payloadIds: words('Whether the buyer gives each document an id of its own, or all the same.', 'unique', 'constant'),
  changeOrders: flag('Whether the buyer changes orders by documents of type "update".'),
  confirmations: words('Whether the buyer takes several confirmations of one order.', 'many', 'one'),
};

const platform = Type.Object(platformProperties, { additionalProperties: false });

/** Settings as a profile or a buyer gives them: what is missing is left to whoever stands below. */
export type PlatformSettings = Static<typeof platform>;
export type Limits = Static<typeof limits>;
export type Parameters = Static<typeof parameters>;

type Filled = 'formField' | 'startSeconds';

/** Settings with every default filled in, but for those without one. */
export type Platform = Required<Omit<PlatformSettings, Filled>> & Pick<PlatformSettings, Filled>;
