import { personal } from '@waybill/contract';
import { currency } from '../values/money.ts';
import { closed, id, list, optional, text } from '../values/text.ts';
import { widths } from '../values/widths.ts';

// Field by field: reference/fulfillment-messages.md, sections 3.1 and 3.2.

export const profile = personal(
  closed(
    {
      distinguishedName: optional(text('Name in a directory.', widths.distinguishedName)),
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

export const business = personal(
  closed(
    {
      businessTitle: optional(text('Position in the organization.', widths.businessTitle)),
      organizationId: optional(id('Id of the organization.')),
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

export const demographics = personal(
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
