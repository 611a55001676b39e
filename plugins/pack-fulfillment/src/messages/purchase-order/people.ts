import type { Contact, PersonName } from '@waybill/commerce';
import { oneOf } from '@waybill/values';
import { choice, defaultAttribute, element, many, many1, mapped, optional, sequence, type ValueOf } from '@waybill/xml';
import { given } from '../../given.ts';
import { words } from '../../parts.ts';

// People and places in Report_NC_PurchaseOrder: reference/fulfillment-messages.md, section 8.

export const address = element('Address', {
  children: {
    lines: many1(element('AddressLine', words('77 Signal Hill Road'))),
    city: element('City', words('Port Merrin')),
    state: element('State', words('NS')),
    postalCode: element('Zip', words('B3X 2T5')),
    country: element('Country', words('CA')),
  },
});

const nameTree = element('ContactPersonName', {
  children: {
    title: optional(element('Title', words('Mr'))),
    name: choice({
      parts: sequence({
        lastName: element('LastName', words('Okonkwo')),
        firstName: optional(element('FirstName', words('Tobe'))),
        middleName: optional(element('MiddleName', words('J'))),
      }),
      fullName: element('FullName', words('Tobe Okonkwo')),
    }),
    alternateName: optional(element('AlternateName', words('tokonkwo-home'), 'nickname of the address')),
  },
});

/** A name in parts goes before a full name: the message takes one of the two. */
export const personName = mapped(nameTree, {
  read: ({ title, name, alternateName }): PersonName => given({ title, fullName: name.fullName, ...name.parts, alternateName }),
  write: ({ title, fullName, lastName, firstName, middleName, alternateName }: PersonName) => ({
    title,
    name: lastName === undefined ? { fullName: fullName ?? '' } : { parts: { lastName, firstName, middleName } },
    alternateName,
  }),
});

/** The message has no name without one of the two. */
export function isNamed(name: PersonName | undefined): boolean {
  return name?.fullName !== undefined || name?.lastName !== undefined;
}

const way = (name: string, example: string) =>
  element(name, { attributes: { type: defaultAttribute('type', oneOf('primary', 'secondary'), 'primary') }, text: words(example) });

const contactTree = element('ContactInfo', {
  children: {
    phones: many(way('Telephone', '555-0118')),
    emails: many(way('Email', 'tobe@portmerrin.example')),
    fax: optional(element('Fax', words('555-0120'))),
  },
});

type Way = ValueOf<ReturnType<typeof way>>;

/** The first of each kind; two primary ones are taken as primary and secondary. */
function bothOf(ways: readonly Way[] | undefined): readonly [primary: string | undefined, secondary: string | undefined] {
  const primary = ways?.find(({ type }) => type === 'primary');
  const rest = ways?.filter((each) => each !== primary);
  return [primary?.text, rest?.[0]?.text];
}

function waysOf(primary: string | undefined, secondary: string | undefined): readonly Way[] | undefined {
  const ways: Way[] = [
    ...(primary === undefined ? [] : [{ type: 'primary', text: primary } as const]),
    ...(secondary === undefined ? [] : [{ type: 'secondary', text: secondary } as const]),
  ];
  return ways.length === 0 ? undefined : ways;
}

/** Written even when it is empty, where the message demands it. */
export const contact = mapped(contactTree, {
  read: ({ phones, emails, fax }): Contact => {
    const [phone1, phone2] = bothOf(phones);
    const [email1, email2] = bothOf(emails);
    return given({ phone1, phone2, email1, email2, fax });
  },
  write: ({ phone1, phone2, email1, email2, fax }: Contact) => ({ phones: waysOf(phone1, phone2), emails: waysOf(email1, email2), fax }),
});

export const shipTo = element('ShipToInfo', {
  children: {
    name: personName,
    officeAddress: optional(element('OfficeAddressLine', words('3rd floor'))),
    address,
    contact: optional(contact),
    comment: optional(element('Comment', words('Ring twice'))),
  },
});
