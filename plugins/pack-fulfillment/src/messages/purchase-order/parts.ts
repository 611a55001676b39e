import type { Carrier, Money, OrderCreated, OrderCreatedItem } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { date8, time6 } from '@waybill/values';
import { amount, currency, hidden, quantity, words } from '../../parts.ts';
import { dayOfInstant, instant } from './rules.ts';

// Elements of Report_NC_PurchaseOrder: reference/fulfillment-messages.md, section 8.

type Tax = NonNullable<OrderCreatedItem['taxes']>[number];
type Accounting = NonNullable<OrderCreated['accounting']>[number];
type Allowance = NonNullable<OrderCreatedItem['allowances']>[number];
type Measurement = NonNullable<OrderCreatedItem['measurement']>;
type Dates = NonNullable<OrderCreated['shipDates']>;
type Card = NonNullable<OrderCreated['paymentCard']>;
type Times = Pick<OrderCreated, 'placed' | 'updated'>;

const t = mapping<Times>();
export const times = () =>
  t.group('DateTimeReference', [
    t.joined('placed', { PlacedDate: date8(), 'PlacedTime?': time6() }, instant),
    t.joined('updated', { 'LastUpdateDate?': date8(), 'LastUpdateTime?': time6() }, instant),
  ]);

const m = mapping<Money>();
/** An amount with its currency. */
export const money = (): Nodes<Money> => [m.leaf('@currency?', 'currency', currency), m.leaf('.', 'amount', amount())];

const x = mapping<Tax>();
export const tax = (): Nodes<Tax> => [
  x.into('MonetaryAmount', 'amount', money()),
  x.leaf('TaxType?', 'type', words('GST')),
  x.leaf('Percentage?', 'percentage', quantity('12.5')),
  x.leaf('TaxExemptionStatusType?', 'exemptionStatus', words('none')),
  x.leaf('TaxExemptionNumber?', 'exemptionNumber', words('EX-1')),
  x.leaf('TaxJurisdictionCode?', 'jurisdiction', words('CA-NS')),
  x.leaf('TaxJurisdictionCodeType?', 'jurisdictionType', words('ISO')),
];

const dates = mapping<Dates>();
export const shipDates = (): Nodes<Dates> => [
  dates.leaf('RequestedShipDate?', 'requested', dayOfInstant),
  dates.leaf('ScheduledShipDate?', 'scheduled', dayOfInstant),
  dates.leaf('ActualShipDate?', 'actual', dayOfInstant),
];

const c = mapping<Carrier>();
export const carrier = (): Nodes<Carrier> => [
  c.leaf('Carrier', 'carrier', words('Northline')),
  c.leaf('Method', 'method', words('Ground')),
];

const a = mapping<Accounting>();
export const accounting = (): Nodes<Accounting> => [
  a.leaf('Percentage?', 'percentage', quantity('12.5')),
  a.into('MonetaryAmount?', 'amount', money()),
  a.leaf('BudgetCode', 'budgetCode', words('B-12')),
  a.leaf('Description?', 'description', words('Lighting')),
  a.leaf('CalculationCode', 'calculationCode', words('1')),
];

const w = mapping<Allowance>();
export const allowance = (): Nodes<Allowance> => [
  w.leaf('AllowanceChargeCode', 'code', words('FREIGHT')),
  w.leaf('Percentage?', 'percentage', quantity('12.5')),
  w.into('MonetaryAmount?', 'amount', money()),
  w.leaf('Description?', 'description', words('Freight')),
  w.leaf('CalculationCode', 'calculationCode', words('1')),
];

const weight = mapping<NonNullable<Measurement['weight']>>();
const dimension = mapping<NonNullable<Measurement['dimension']>>();
const measure = mapping<Measurement>();
export const measurement = (): Nodes<Measurement> => [
  measure.into('ProductWeight?', 'weight', [
    weight.leaf('@unitOfMeasure', 'unit', words('KGM')),
    weight.leaf('.', 'value', quantity('1.5')),
  ]),
  measure.into('ProductDimension?', 'dimension', [
    dimension.leaf('@unitOfMeasure', 'unit', words('CMT')),
    dimension.leaf('ProductLength', 'length', quantity('20')),
    dimension.leaf('ProductWidth', 'width', quantity('10')),
    dimension.leaf('ProductHeight', 'height', quantity('5')),
  ]),
];

const card = mapping<Card>();
export const paymentCard = (): Nodes<Card> => [
  card.into('MonetaryAmount?', 'amount', money()),
  card.leaf('CardType?', 'type', words('Example Card')),
  card.leaf('CardNumber', 'number', hidden('************0000'), { about: 'sensitive: masked unless the partner charges it' }),
  card.leaf('ExpirationDate', 'expires', words('Jan 1, 2027 12:00:00 AM')),
  card.leaf('IssueDate?', 'issued', words('Jan 1, 2024 12:00:00 AM')),
  card.leaf('CreditAuthorizationNumber?', 'authorization', words('A-1')),
  card.leaf('CustomerReferenceNumber?', 'customerReference', words('R-1')),
];
