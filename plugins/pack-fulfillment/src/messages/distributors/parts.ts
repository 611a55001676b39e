import type { AnswerStatus, DistributorAvailability, QuotationInput, QuotationLine } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { oneOf, Problem, type TextType } from '@waybill/values';
import { logonId, password } from '../../envelope.ts';
import { amount, currency, id, instant, quantity, words } from '../../parts.ts';

// What the messages to and from distributors share: reference/fulfillment-messages.md, sections 2.2, 7.2 and 7.3.

export type Product = QuotationLine['product'];
export type Attribute = NonNullable<QuotationLine['attributes']>[number];
type Price = QuotationLine['sellingPrice'];
type Answer = Pick<
  DistributorAvailability,
  'unitOfMeasure' | 'condition' | 'conditionText' | 'estimatedDate' | 'description' | 'promotions' | 'warehouses'
>;
type Warehouse = NonNullable<Answer['warehouses']>[number];
type Lot = NonNullable<Warehouse['quantities']>[number];

interface Login {
  readonly logonId?: string;
  readonly password?: string;
  readonly customerNo?: string;
  readonly businessPartnerGrouping?: string;
  readonly orgName?: string;
}

const c = mapping<Login>();
const product = mapping<Product>();
const price = mapping<Price>();
const a = mapping<Answer>();
const w = mapping<Warehouse>();
const lot = mapping<Lot>();
const p = mapping<Attribute>();
const s = mapping<AnswerStatus>();

export const customerNo = id('C-4471');
export const businessPartnerGrouping = id('EAST');
export const orgName = words('Northline Distribution');

/** Who the command runs as. All of its parts may be missing. */
export const distributorCredentials = () =>
  mapping<{ readonly credentials?: Login }>().into(
    'Credentials?',
    'credentials',
    [
      c.leaf('userId?', 'logonId', logonId),
      c.leaf('password?', 'password', password),
      c.leaf('customerNo?', 'customerNo', customerNo),
      c.leaf('businessPartnerGrouping?', 'businessPartnerGrouping', businessPartnerGrouping),
      c.leaf('orgName?', 'orgName', orgName),
    ],
    { about: 'who the command runs as' },
  );

export const requestId = id('90117');
export const distributorId = id('NLD');
export const lineNumber = id('45020');
export const unitOfMeasure = words('C62');
export const supplierData = words('quote=Q-5531;line=1');
export const description = words('Brass cabin lamp');
export const inventorySource = words('DISTRIBUTOR');
export const requestWords = { about: 'comes back in the answer' };
export const lineWords = { about: 'the item of the order in the store' };

export const productParts = (): Nodes<Product> => [
  product.leaf('globalProductIdentifier', 'globalId', id('HP-LAMP-02'), { about: 'the part number in the store' }),
  product.list('distributorProductIdentification*', 'distributorIds', id('NL-7702'), { about: 'a part number at the distributor' }),
];

const priceAmount = () => price.leaf('amount', 'amount', amount('57.25'));
export const priceParts = (): Nodes<Price> => [price.leaf('currency?', 'currency', currency), priceAmount()];
/** Where the schema demands the currency. */
export const pricePartsInFull = (): Nodes<Price> => [price.leaf('currency', 'currency', currency), priceAmount()];
/** The other way round, in one of the messages. */
export const pricePartsReversed = (): Nodes<Price> => [priceAmount(), price.leaf('currency', 'currency', currency)];

/** Yes or no. The schema has text; senders write what XML Schema or their database has for it. */
export const truthful: TextType<boolean> = {
  facets: { kind: 'flag', yes: 'true', no: 'false' },
  secret: false,
  read: (text) => truths.get(text.trim().toLowerCase()) ?? new Problem('is not one of true, false'),
  write: (value) => (typeof value === 'boolean' ? String(value) : new Problem('is not true or false')),
  makeUp: (choose) => choose(2) === 0,
};
const truths = new Map([
  ['true', true],
  ['1', true],
  ['y', true],
  ['false', false],
  ['0', false],
  ['n', false],
]);

export const attributeParts = (): Nodes<Attribute> => [
  p.leaf('attributeType?', 'type', words('STRING')),
  p.leaf('attributeValue', 'value', words('antique')),
  p.leaf('operator', 'operator', words('=')),
  p.leaf('attributeName', 'name', words('finish')),
  p.leaf('qtyUnit?', 'unit', words('C62')),
  p.leaf('encrypt?', 'encrypted', truthful),
];

export const condition = () =>
  a.group('status?', [
    a.leaf('@statusCondition?', 'condition', oneOf('0', '1', '2'), { preset: '0', about: '0 available, 1 discontinued, 2 not available' }),
    a.leaf('.?', 'conditionText', words('In stock')),
  ]);
export const estimatedDate = () => a.leaf('estimatedAvailabilityDate?', 'estimatedDate', instant('2024-03-18T00:00:00'));
export const promotions = () => a.list('promoMessage*', 'promotions', words('Free carton inserts in March'));
export const warehouses = () =>
  a.vector('WarehouseInformation*', 'warehouses', [
    w.group('warehouseAddress', [
      w.leaf('number', 'warehouseId', words('W3')),
      w.leaf('addr', 'street', words('40 Railhead Way')),
      w.leaf('city', 'town', words('Larkhaven')),
      w.leaf('zipcode', 'postcode', words('L4K 5M2')),
    ]),
    w.vector('WarehouseQuantityInformation*', 'quantities', [
      lot.leaf('warehouseAvailabilityDate?', 'available', instant('2024-03-18T00:00:00')),
      lot.leaf('warehouseQuantity?', 'quantity', quantity('4')),
    ]),
  ]);

const statusParts = (): Nodes<AnswerStatus> => [
  s.group('code', [
    s.leaf('@codeFlag?', 'flag', oneOf('0', '1', '2'), { preset: '0', about: '0 success, 1 wrong credentials, 2 another error' }),
    s.leaf('.', 'code', words('0')),
  ]),
  s.leaf('statusContent?', 'text', words('Quotation prepared')),
];
export const messageStatus = () =>
  mapping<Pick<QuotationInput, 'status'>>().into('messageStatus?', 'status', statusParts(), {
    about: 'without it the answer is a success',
  });
