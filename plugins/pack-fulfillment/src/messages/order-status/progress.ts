import { widths } from '@waybill/commerce';
import { flag, oneOf } from '@waybill/values';
import { defaultAttribute, element, type Finding, many, optional, optionalAttribute, type ValueOf } from '@waybill/xml';
import { amount, code, currency, id, instant, words } from '../../parts.ts';

// What headers and items of order status messages have in common: reference/fulfillment-messages.md, section 4.2.
// The keys are those of the command input wherever the trees agree.

const total = (name: string) => element(name, amount());

const basicTotals = {
  net: total('TotalNetPrice'),
  tax: optional(total('TotalTaxPrice')),
  shipping: optional(total('TotalShippingPrice')),
  shippingTax: optional(total('TotalTaxOnShippingPrice')),
};
const totalsAttributes = { currency: optionalAttribute('currency', currency) };
export const totals20 = element('TotalPriceInfo', { attributes: totalsAttributes, children: basicTotals });
export const totals30 = element('TotalPriceInfo', {
  attributes: totalsAttributes,
  children: { ...basicTotals, selling: optional(total('TotalSellingPrice')) },
});

export const status20 = element('Status', id('S', widths.orderStatus), 'the status itself');
export const status30 = element('Status', {
  attributes: {
    status: defaultAttribute(
      'StatusCondition',
      oneOf('C', 'S', 'SP', 'I', 'BP', 'X'),
      'C',
      'C confirmed, S shipped, SP shipped in part, I invoiced, BP billed in part, X cancelled',
    ),
    flag: defaultAttribute('StatusFlag', oneOf('O', 'I'), 'O', 'O for the order, I for the item'),
  },
  text: words('Partly shipped'),
  about: 'a remark; the status itself is StatusCondition',
});

const level = oneOf('O', 'I');
export const shipping = element('ShippingInfo', {
  attributes: {
    condition: defaultAttribute('ShipCondition', oneOf('SC', 'SP'), 'SC', 'SC ship complete, SP ship partial'),
    level: defaultAttribute('ShipModeFlag', level, 'O', 'O for the order, I for the item'),
  },
  children: {
    requested: optional(element('RequestedShipDate', instant())),
    scheduled: optional(element('ScheduledShipDate', instant())),
    actual: optional(element('ActualShipDate', instant())),
  },
});

export const invoice = element('InvoiceInfo', {
  children: { date: optional(element('InvoiceDate', instant())), value: element('InvoiceValue', amount('222.05')) },
});

export const placed = optional(element('PlacedDate', instant()));
export const customerFields = many(element('CustomerField', words('17', widths.statusField)));
export const versioning = defaultAttribute(
  'Versioning',
  flag({ yes: 'TRUE', no: 'FALSE' }),
  false,
  'TRUE keeps the status so far as a version',
);
export const serialization = element('SerializationInfo', {
  children: {
    sequenceNumber: optional(
      element('SequenceNumber', code('0000000042', widths.sequenceNumber), 'a status with one that is not newer changes nothing'),
    ),
    lastUpdateTime: optional(element('LastUpdateTimestamp', instant())),
  },
});

export const party = (name: string) =>
  element(name, {
    children: {
      name: element('AddressName', words('Tobe Okonkwo')),
      line1: element('AddressLine1', words('77 Signal Hill Road')),
      line2: element('AddressLine2', words('Apt 3')),
      city: element('City', words('Port Merrin')),
      state: element('State', words('NS')),
      postalCode: element('ZipCode', words('B3X 2T5')),
      country: element('Country', words('CA')),
    },
  });

/** An order or item number: one for each side at most. */
export const typedNumber = (name: string) =>
  element(name, { attributes: { type: defaultAttribute('type', oneOf('ByWCS', 'ByBackend'), 'ByWCS') }, text: id('12007') });

type TypedNumber = ValueOf<ReturnType<typeof typedNumber>>;

export function refuseBadNumbers(name: string, numbers: readonly TypedNumber[]): Finding | undefined {
  const twice = numbers.findIndex(({ type }, index) => numbers.findIndex((other) => other.type === type) !== index);
  if (twice >= 0) return { says: `names two numbers of the type ${numbers[twice]?.type}`, at: `${name}[${twice + 1}]` };
  const long = numbers.findIndex(({ type, text: number }) => type === 'ByBackend' && Array.from(number).length > widths.merchantNumber);
  return long < 0 ? undefined : { says: `holds a number of more than ${widths.merchantNumber} characters`, at: `${name}[${long + 1}]` };
}
