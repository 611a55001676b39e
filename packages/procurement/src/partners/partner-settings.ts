import { type Static, secret, Type } from '@waybill/contract';
import { platformProperties } from '../profiles/platform.ts';

const closed = { additionalProperties: false };

const identity = Type.Object(
  {
    domain: Type.String({
      minLength: 1,
      description: 'The list of names that the identity is from: NetworkID, DUNS. Compared without case.',
    }),
    identity: Type.String({
      minLength: 1,
      description: 'The name in that list. Compared exactly, but for -T or -t at its end, which marks a test.',
    }),
  },
  closed,
);

const secrets = (description: string) =>
  Type.Optional(Type.Array(secret({ description: 'One of them.' }), { description, minItems: 1, maxItems: 4 }));

const names = (description: string) => Type.Array(Type.String({ minLength: 1 }), { description, minItems: 1 });

const supplier = Type.Object(
  {
    identities: Type.Array(identity, { minItems: 1, description: 'Under which names the partners know the store.' }),
    userAgent: Type.Optional(
      Type.String({ minLength: 1, description: 'What documents say of the program that sends them.', examples: ['Harbor Pine Store 3.1'] }),
    ),
  },
  { ...closed, description: 'The store.' },
);

const sender = Type.Object(
  {
    identities: Type.Array(identity, { minItems: 1, description: 'Under which names it sends.' }),
    secrets: secrets('Its secrets: several while one takes the place of another. At most four.'),
    secretDigests: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), {
        description: 'The SHA-256 of secrets, in hex, for those who do not want to keep the secrets themselves.',
        minItems: 1,
        maxItems: 4,
      }),
    ),
    knownAs: Type.Optional(
      names('For a sender without secret: as whom the transport has to have recognised it, such as the user of HTTP Basic.'),
    ),
    knownAt: Type.Optional(
      names('For a sender without secret: inbound entries that nobody else reaches, such as one behind a server that checks certificates.'),
    ),
    speaksFor: names('The buyers that it may speak for, by name.'),
  },
  { ...closed, description: 'Who sends documents: the system of a buyer, or a hub that speaks for many buyers.' },
);

const logon = Type.Object(
  {
    user: Type.String({ minLength: 1, description: 'The user name of the call. Compared exactly.' }),
    passwords: secrets('Its passwords: several while one takes the place of another. At most four.'),
    passwordDigests: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { description: 'Their SHA-256, in hex.', minItems: 1, maxItems: 4 }),
    ),
    userField: Type.Optional(Type.String({ minLength: 1, description: 'The name of the field with the user name. Default USERNAME.' })),
    passwordField: Type.Optional(Type.String({ minLength: 1, description: 'The name of the field with the password. Default PASSWORD.' })),
    hookField: Type.Optional(
      Type.String({ minLength: 1, description: 'The name of the field with the return address. Default HOOK_URL.' }),
    ),
    returnCharset: Type.Optional(
      Type.Unsafe<'as-called' | 'UTF-8' | 'ISO-8859-1'>({
        anyOf: ['as-called', 'UTF-8', 'ISO-8859-1'].map((each) => ({ type: 'string', const: each })),
        description: 'The encoding of the form that brings the cart back. Default: that of the call.',
      }),
    ),
    fields: Type.Optional(
      Type.Record(Type.String(), Type.String({ minLength: 1 }), {
        description: 'Where an extrinsic of a line goes: its name, and a field such as CUST_FIELD1, MATGROUP, CONTRACT.',
      }),
    ),
    constants: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'Fields that every line has with the same value, such as VENDOR.' }),
    ),
  },
  { ...closed, description: 'How an OCI call of this buyer logs on, and what its lines look like.' },
);

const buyer = Type.Object(
  {
    profile: Type.Optional(
      Type.String({ minLength: 1, description: 'The procurement system. Default generic, or generic-oci where there is a logon.' }),
    ),
    identities: Type.Optional(Type.Array(identity, { minItems: 1, description: 'Under which names the buyer stands in From.' })),
    logon: Type.Optional(logon),
    returnHosts: Type.Optional(
      names('Hosts that a cart may go to, each as it stands in an address, with the port where it is not 443. No patterns.'),
    ),
    frameAncestors: Type.Optional(names('Origins whose pages may show the store in a frame: https and a host.')),
    units: Type.Optional(
      Type.Record(Type.String(), Type.String({ minLength: 1 }), {
        description: 'Units of the store and what the buyer calls them. Without this map, units are written as they are.',
      }),
    ),
    categories: Type.Optional(
      Type.Record(Type.String(), Type.String({ minLength: 1 }), {
        description: 'Classes of the store and those of the buyer; `*` is that of a line without any.',
      }),
    ),
    quirks: Type.Optional(
      Type.Record(Type.String(), Type.Boolean(), { description: 'Quirks of the profile that do not hold for this buyer: false.' }),
    ),
    ...platformProperties,
  },
  { ...closed, description: 'A company that buys.' },
);

export const partnersSettings = Type.Object(
  {
    supplier,
    senders: Type.Optional(Type.Record(Type.String(), sender, { description: 'Who sends documents, by a name of your own.' })),
    buyers: Type.Record(Type.String(), buyer, { description: 'Who buys, by a name of your own: that of the principal.' }),
  },
  closed,
);
export const senderSettings = sender;
export const buyerSettings = buyer;

export type PartnersSpec = Static<typeof partnersSettings>;
export type SupplierSpec = Static<typeof supplier>;
export type SenderSpec = Static<typeof sender>;
export type BuyerSpec = Static<typeof buyer>;
export type LogonSpec = Static<typeof logon>;
