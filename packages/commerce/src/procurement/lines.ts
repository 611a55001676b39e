import { type Static, Type } from '@waybill/contract';
import { closed, flag, id, list, optional, some, text } from '../values/text.ts';
import { buyerAddress, buyerContact, charge, comment, exact, extrinsic, extrinsics, priced, written } from './parties.ts';

export const lineNumber = Type.Integer({ description: 'Number of the line in the order of the buyer.', minimum: 0 });

export const itemId = {
  partId: optional(text('Part number of the supplier. Missing in a line of free text.')),
  auxiliaryId: optional(text('What the supplier knows the line of a cart by; means nothing to the buyer.')),
  buyerPartId: optional(text('Part number of the buyer.')),
};

export const classification = closed({ domain: id('The list of classes: UNSPSC.'), code: text('The class.') }, 'A class of goods.');

export const priceBasis = closed(
  {
    quantity: exact('For how many units the price is.', '1000'),
    unit: id('Unit of measure.'),
    conversion: exact('How many of these units make one of the line.', '1'),
  },
  'The price is for more than one unit.',
);

/** What is told of the goods of a line. All of it comes back from the buyer with the order. */
export const goods = {
  price: optional(priced('Price of one unit, or of what the basis says.')),
  priceBasis: optional(priceBasis),
  shortName: optional(text('Name.')),
  description: optional(text('What it is.')),
  language: optional(text('Language of name and description, as a tag of BCP 47.')),
  unit: optional(id('Unit of measure: a code of UN/ECE recommendation 20, or what the partners have agreed.')),
  classifications: optional(list(classification, 'Classes.')),
  manufacturerPartId: optional(text('Part number of the manufacturer.')),
  manufacturer: optional(text('Name of the manufacturer.')),
  url: optional(text('Page of the product.')),
  leadTime: optional(exact('Days until it is delivered.', '3')),
  extrinsics,
};

export const accounting = list(
  closed(
    {
      name: text('Name of the distribution.'),
      segments: some(
        closed({ type: text('What the segment is.'), id: text('Its value.'), description: optional(text('In words.')) }, 'A segment.'),
        'Segments of the account.',
      ),
      charge: priced('How much of the line it bears.'),
    },
    'One share.',
  ),
  'How the buyer splits the costs.',
);

export const cartLine = closed(
  {
    number: optional(lineNumber),
    quantity: exact('How many units.', '20'),
    ...itemId,
    ...goods,
    shipping: optional(charge),
    tax: optional(charge),
    comments: optional(list(comment, 'Remarks.')),
    lineExtrinsics: optional(list(extrinsic, 'Fields of the line and not of its goods: they do not come back with the order.')),
  },
  'One line of a cart.',
);
export type CartLine = Static<typeof cartLine>;

export const orderLine = closed(
  {
    number: lineNumber,
    quantity: exact('How many units.', '20'),
    ...itemId,
    ...goods,
    adHoc: optional(flag('A line of free text, which is in no catalog: a person has to look at it.')),
    blanket: optional(flag('A line of a blanket order: it says what may be called off, and nothing is delivered for it.')),
    /** Of a blanket order. */
    limit: optional(priced('The most that may be called off.')),
    requestedDelivery: optional(written('When it is wanted.')),
    operation: optional(text('What the buyer wants done with the line: `delete`, `block`.')),
    parentLine: optional(lineNumber),
    shipTo: optional(buyerAddress),
    shipping: optional(charge),
    tax: optional(charge),
    accounting: optional(accounting),
    contacts: optional(list(buyerContact, 'Whom to ask.')),
    comments: optional(list(comment, 'Remarks.')),
  },
  'One line of an order.',
);
export type BuyerOrderLine = Static<typeof orderLine>;
