import { date8, dateTime, Problem, type TextType, time6 } from '@waybill/values';
import { attribute, checked, element, mapped, optional, optionalAttribute } from '@waybill/xml';
import { given } from '../../given.ts';
import { amount, currency, hidden, quantity, words } from '../../parts.ts';

// Elements of Report_NC_PurchaseOrder: reference/fulfillment-messages.md, section 8. Elements whose meaning has a shape
// of its own in the event are mapped to that shape here.

const toSecond = dateTime({ zone: 'utc' });
const compactDate = date8();

/** `YYYYMMDD` on the wire, midnight of that day in the event. A time of day is lost: the message has no place for it. */
const dayOfInstant: TextType<string> = {
  ...compactDate,
  read: (value) => {
    const day = compactDate.read(value);
    return day instanceof Problem ? day : `${day}T00:00:00`;
  },
  write: (value) => {
    const instant = toSecond.read(value);
    return instant instanceof Problem ? instant : compactDate.write(instant.slice(0, 10));
  },
  makeUp: (choose) => `${compactDate.makeUp(choose)}T00:00:00`,
};

/** Whole seconds in UTC: the message has no place for more. */
function atSecond(instant: string | undefined): string | undefined {
  if (instant === undefined) return undefined;
  const normal = toSecond.read(instant);
  if (normal instanceof Problem) throw new TypeError(`${instant} is not an instant`);
  return normal.slice(0, 19);
}

export interface Times {
  readonly placed: string;
  readonly updated?: string | undefined;
}

export const times = mapped(
  checked(
    element('DateTimeReference', {
      children: {
        placedDate: element('PlacedDate', date8()),
        placedTime: optional(element('PlacedTime', time6())),
        updatedDate: optional(element('LastUpdateDate', date8())),
        updatedTime: optional(element('LastUpdateTime', time6())),
      },
    }),
    ({ updatedDate, updatedTime }) =>
      updatedTime !== undefined && updatedDate === undefined
        ? { says: 'has a time of the last update without its date', at: 'LastUpdateTime' }
        : undefined,
  ),
  {
    read: ({ placedDate, placedTime = '00:00:00', updatedDate, updatedTime = '00:00:00' }): Times =>
      given({ placed: `${placedDate}T${placedTime}`, updated: updatedDate && `${updatedDate}T${updatedTime}` }),
    write: ({ placed, updated }: Times) => {
      const [placedDate = '', placedTime] = atSecond(placed)?.split('T') ?? [];
      const [updatedDate, updatedTime] = atSecond(updated)?.split('T') ?? [];
      return { placedDate, placedTime, updatedDate, updatedTime };
    },
  },
);

export interface Amount {
  readonly amount: string;
  readonly currency?: string | undefined;
}

/** An amount with its currency. */
export const money = (name: string) =>
  mapped(element(name, { attributes: { currency: optionalAttribute('currency', currency) }, text: amount() }), {
    read: ({ text: amount, currency }): Amount => given({ amount, currency }),
    write: ({ amount, currency }: Amount) => ({ text: amount, currency }),
  });

const percentage = optional(element('Percentage', quantity('12.5')));
const monetaryAmount = money('MonetaryAmount');

export const tax = element('TaxInfo', {
  children: {
    amount: monetaryAmount,
    type: optional(element('TaxType', words('GST'))),
    percentage,
    exemptionStatus: optional(element('TaxExemptionStatusType', words('none'))),
    exemptionNumber: optional(element('TaxExemptionNumber', words('EX-1'))),
    jurisdiction: optional(element('TaxJurisdictionCode', words('CA-NS'))),
    jurisdictionType: optional(element('TaxJurisdictionCodeType', words('ISO'))),
  },
});

export const shipDates = element('ShipDateReference', {
  children: {
    requested: optional(element('RequestedShipDate', dayOfInstant)),
    scheduled: optional(element('ScheduledShipDate', dayOfInstant)),
    actual: optional(element('ActualShipDate', dayOfInstant)),
  },
});

export const carrier = element('ShippingCarrierInfo', {
  children: { carrier: element('Carrier', words('Northline')), method: element('Method', words('Ground')) },
});

export const accounting = element('BuyOrgAccountingDetail', {
  children: {
    percentage,
    amount: optional(monetaryAmount),
    budgetCode: element('BudgetCode', words('B-12')),
    description: optional(element('Description', words('Lighting'))),
    calculationCode: element('CalculationCode', words('1')),
  },
});

export const allowance = element('ServiceAllowanceCharge', {
  children: {
    code: element('AllowanceChargeCode', words('FREIGHT')),
    percentage,
    amount: optional(monetaryAmount),
    description: optional(element('Description', words('Freight'))),
    calculationCode: element('CalculationCode', words('1')),
  },
});

const unitOfMeasure = { unit: attribute('unitOfMeasure', words('KGM')) };
export const measurement = element('ProductMeasurement', {
  children: {
    weight: optional(
      mapped(element('ProductWeight', { attributes: unitOfMeasure, text: quantity('1.5') }), {
        read: ({ unit, text: value }) => ({ unit, value }),
        write: ({ unit, value }) => ({ unit, text: value }),
      }),
    ),
    dimension: optional(
      element('ProductDimension', {
        attributes: unitOfMeasure,
        children: {
          length: element('ProductLength', quantity('20')),
          width: element('ProductWidth', quantity('10')),
          height: element('ProductHeight', quantity('5')),
        },
      }),
    ),
  },
});

export const schedule = element('ItemShippingSchedule', { children: { quantity: element('Quantity', quantity()), dates: shipDates } });

export const paymentCard = element('PCardInfo', {
  children: {
    amount: optional(monetaryAmount),
    type: optional(element('CardType', words('Example Card'))),
    number: element('CardNumber', hidden('************0000'), 'sensitive: masked unless the partner charges it'),
    expires: element('ExpirationDate', words('Jan 1, 2027 12:00:00 AM')),
    issued: optional(element('IssueDate', words('Jan 1, 2024 12:00:00 AM'))),
    authorization: optional(element('CreditAuthorizationNumber', words('A-1'))),
    customerReference: optional(element('CustomerReferenceNumber', words('R-1'))),
  },
});
