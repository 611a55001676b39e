import { defineCommand, personal, type Static } from '@waybill/contract';
import { addressType, bestCallingTime, postalAddress } from './address.ts';
import { customerKeys } from './keys.ts';
import { currency } from './values/money.ts';
import { closed, code, flag, hidden, id, list, optional, text } from './values/text.ts';
import { userData } from './values/user-data.ts';
import { widths } from './values/widths.ts';

// Field by field: reference/fulfillment-messages.md, section 3.2 (Create 3.0).

const customerName = personal(
  closed(
    {
      title: optional(text('Form of address: Dr, Mr, Mrs, Ms.')),
      lastName: text('Family name.'),
      firstName: optional(text('Given name.')),
      middleName: optional(text('Middle name or initial.')),
    },
    'Name of the customer.',
  ),
);

const telephone = personal(
  closed(
    {
      number: text('The number.'),
      type: optional(text('What kind of telephone, such as PHN or CEL.')),
      publish: optional(flag('Whether the number may be published.')),
    },
    'A telephone.',
  ),
);

const customerContact = closed(
  {
    telephones: optional(list(telephone, 'The first two are kept.')),
    bestCallingTime: optional(bestCallingTime),
    faxes: optional(list(personal(text('A fax number.')), 'The first two are kept.')),
    emails: optional(list(personal(text('An e-mail address.')), 'The first two are kept.')),
    receiveEmail: optional(flag('The customer wants e-mail from the store. Default false.')),
  },
  'How to reach the customer.',
);

export const customerAddress = closed(
  {
    addressId: optional(id('Id of the address, where the sender gives it one.')),
    nickName: personal(text('Name under which the customer keeps the address.')),
    type: addressType,
    name: customerName,
    address: postalAddress,
    primary: optional(flag('The main address of its type. Default true.')),
    self: optional(flag('The address of the customer, not of somebody else.')),
    contact: optional(customerContact),
    billing: optional(
      closed({ code: text('The code.', widths.billingCode), type: text('Who issued it.', widths.billingCodeType) }, 'Code for billing.'),
    ),
    packageSuppression: optional(text('1: no package inserts.')),
    fields: optional(list(text('A field.'), "Fields for a site's own use, by position. The first three are kept.")),
  },
  'An address of the customer.',
);

const profile = personal(
  closed(
    {
      distinguishedName: text('Name in a directory.', widths.distinguishedName),
      preferredCurrency: optional(currency('Currency that the customer prefers.')),
      preferredLanguage: optional(id('Id of the language.')),
      userFields: optional(list(text('A field.', widths.userField), 'By position. The first three are kept.')),
      displayName: optional(text('Name to show.', widths.displayName)),
      photo: optional(text('Where the photo is.', widths.photo)),
      preferredMeasure: optional(text('System of measures.', widths.preferredMeasure)),
      preferredCommunication: optional(text('E1, E2 e-mail; P1, P2 telephone; F1, F2 fax.', widths.preferredCommunication)),
      preferredDelivery: optional(text('How the customer prefers goods to be delivered.', widths.preferredDelivery)),
      description: optional(text('About the customer.', widths.aboutCustomer)),
      profileFields: optional(list(text('A field.', widths.profileField), 'By position. The first two are kept.')),
    },
    'The customer as a person.',
  ),
);

const business = personal(
  closed(
    {
      businessTitle: optional(text('Position in the organization.', widths.businessTitle)),
      organizationId: id('Id of the organization.'),
      organizationName: optional(text('Name of the organization.', widths.organizationName)),
      organizationUnitId: optional(id('Id of the unit.')),
      organizationUnitName: optional(text('Name of the unit.', widths.organizationName)),
      employee: optional(
        closed(
          {
            employeeId: text('Number of the employee.', widths.employeeNumber),
            alternateId: optional(text('Another number.', widths.employeeNumber)),
            type: optional(text('Kind of employment.', widths.employeeType)),
          },
          'The customer as an employee.',
        ),
      ),
      officeAddress: optional(text('Where the office is.')),
      departmentNumber: optional(text('Department.', widths.departmentNumber)),
      manager: optional(text('Manager.', widths.colleague)),
      secretary: optional(text('Secretary.', widths.colleague)),
    },
    'The customer as a member of an organization.',
  ),
);

const demographics = personal(
  closed(
    {
      age: optional(text('Code of the age group.')),
      gender: optional(text('F, M or N.', widths.codeOfOne)),
      income: optional(text('Code of the income group.')),
      incomeCurrency: optional(currency('Currency of the income.')),
      maritalStatus: optional(text('S, M, C, P, D, W, O or N.', widths.codeOfOne)),
      children: optional(text('Number of children.')),
      household: optional(text('Number of people in the household.')),
      companyName: optional(text('Where the customer works.', widths.companyName)),
      hobbies: optional(text('Interests.', widths.hobbies)),
      orderBefore: optional(text('Y: has ordered before.', widths.codeOfOne)),
      timeZone: optional(text('Time zone.', widths.timeZone)),
      fields: optional(list(text('A field.'), 'By position. The first seven are kept.')),
    },
    'For statistics.',
  ),
);

export const customerInput = closed(
  {
    logonId: id('Logon id. Spaces around it are cut off.', widths.logonId),
    password: hidden('Password.'),
    passwordVerify: hidden('The password again.'),
    storeId: optional(id('The store that the customer registers with.')),
    parentMember: optional(text('Distinguished name of the organization that the customer belongs to. Default: the default organization.')),
    enabled: optional(flag('Whether the customer may log on. Default true.')),
    passwordExpired: optional(flag('The password has to be changed at the first logon. Default false.')),
    challenge: optional(
      closed(
        { question: text('The question.', widths.challenge), answer: hidden('The answer.', widths.challenge) },
        'For a forgotten password.',
      ),
    ),
    address: customerAddress,
    profileType: optional(code('B business, C consumer. Default: C in the default organization, else B.', ['B', 'C'])),
    personal: optional(profile),
    business: optional(business),
    demographics: optional(demographics),
    userData: optional(userData),
  },
  'A new customer.',
);
export type CustomerInput = Static<typeof customerInput>;

export const customerRegister = defineCommand({
  name: 'customer.register',
  summary: 'Register a customer who is already known to a back end.',
  input: customerInput,
  ...customerKeys,
});
