import { widths } from '@waybill/commerce';
import { flag, oneOf } from '@waybill/values';
import { attribute, defaultAttribute, element, many, many1, optional, optionalAttribute } from '@waybill/xml';
import { currency, hidden, id, words } from '../../parts.ts';

// Elements that Create_WCS_Customer 2.0 and 3.0 share: reference/fulfillment-messages.md, section 3.2.
// The keys are those of the command input wherever the trees agree.

const bit = flag({ yes: '1', no: '0' });

export const logonInfo = element('LogonInfo', {
  children: {
    logonId: element('LogonID', id('tokonkwo', widths.logonId)),
    password: element('Password', hidden('change-me')),
    passwordVerify: element('VerifyPassword', hidden('change-me'), 'the password again'),
  },
});

export const statusInfo = element('StatusInfo', {
  children: {
    enabled: element('CustomerStatus', bit, '1 may log on, 0 may not'),
    expired: element('PasswordExpired', { attributes: { value: defaultAttribute('value', bit, false) } }),
  },
});

export const challenge = element('Challenge', {
  children: {
    question: element('Question', words('Favourite lighthouse?', widths.challenge)),
    answer: element('Answer', hidden('Gull Point', widths.challenge)),
  },
});

export const addressHead = {
  addressId: optional(element('AddressId', id('15022'))),
  nickName: element('AddressNickName', words('tokonkwo-home')),
  type: element('AddressType', oneOf('S', 'B', 'SB'), 'S ship-to, B bill-to, SB both'),
  name: element('PersonName', {
    children: {
      title: optional(element('Title', words('Mr'))),
      lastName: element('LastName', words('Okonkwo')),
      firstName: optional(element('FirstName', words('Tobe'))),
      middleName: optional(element('MiddleName', words('J'))),
    },
  }),
  address: element('Address', {
    attributes: {
      primary: defaultAttribute('primary', bit, true, 'the main address of its type'),
      self: optionalAttribute('self', bit, 'the address of the customer'),
    },
    children: {
      lines: many1(element('AddressLine', words('77 Signal Hill Road'))),
      city: element('City', words('Port Merrin')),
      state: element('State', words('NS')),
      postalCode: element('ZipCode', words('B3X 2T5')),
      country: element('Country', words('CA')),
    },
  }),
};

export const contactParts = {
  telephones: many(
    element('Telephone', {
      attributes: {
        type: optionalAttribute('type', words('PHN')),
        publish: optionalAttribute('publish', bit, 'may the number be published'),
      },
      text: words('555-0118'),
    }),
  ),
  bestCallingTime: optional(element('BestCallingTime', oneOf('D', 'E'), 'D by day, E in the evening')),
  faxes: many(element('Fax', words('555-0120'))),
  emails: many(element('Email', words('tobe@portmerrin.example'))),
};

export const addressTail = {
  billing: optional(
    element('Billing', {
      children: {
        code: element('Code', words('0042-7781', widths.billingCode)),
        type: element('CodeType', words('92', widths.billingCodeType)),
      },
    }),
  ),
  packageSuppression: optional(element('PackageSuppression', words('0'))),
  fields: many(element('AddressField', words('zone-3'))),
};

const personal = element('Personal', {
  children: {
    distinguishedName: element('DistinguishedName', words('uid=tokonkwo,o=harbour and pine,o=root organization', widths.distinguishedName)),
    preferredCurrency: optional(element('PreferredCurrency', currency)),
    preferredLanguage: optional(element('PreferredLanguage', id('-1'))),
    userFields: many(element('UserField', words('gold', widths.userField))),
    displayName: optional(element('DisplayName', words('Tobe Okonkwo', widths.displayName))),
    photo: optional(element('Photo', words('tobe.png', widths.photo))),
    preferredMeasure: optional(element('PreferredMeasure', words('metric', widths.preferredMeasure))),
    preferredCommunication: optional(element('PreferredCommunication', words('E1', widths.preferredCommunication))),
    preferredDelivery: optional(element('PreferredDelivery', words('evening', widths.preferredDelivery))),
    description: optional(element('Description', words('Buys lamps', widths.aboutCustomer))),
    profileFields: many(element('UserProfileField', words('p-1', widths.profileField))),
  },
});

const organization = element('Organization', {
  children: {
    organizationId: element('OrganizationId', id('7000000000000000102')),
    organizationName: optional(element('OrganizationName', words('Harbour and Pine', widths.organizationName))),
    organizationUnitId: optional(element('OrganizationUnitId', id('7000000000000000103'))),
    organizationUnitName: optional(element('OrganizationUnitName', words('Retail', widths.organizationName))),
  },
});

const business = element('Business', {
  children: {
    businessTitle: optional(element('BusinessTitle', words('Purchasing lead', widths.businessTitle))),
    organization,
    employee: optional(
      element('Employee', {
        children: {
          employeeId: element('EmployeeId', words('E-3391', widths.employeeNumber)),
          alternateId: optional(element('AlternateId', words('A-1', widths.employeeNumber))),
          type: optional(element('EmployeeType', words('full time', widths.employeeType))),
        },
      }),
    ),
    officeAddress: optional(element('OfficeAddress', words('3rd floor'))),
    departmentNumber: optional(element('DepartmentNumber', words('D-4', widths.departmentNumber))),
    manager: optional(element('Manager', words('S. Brandt', widths.colleague))),
    secretary: optional(element('Secretary', words('L. Gull', widths.colleague))),
  },
});

const demographics = element('Demographics', {
  children: {
    age: optional(element('Age', words('3'))),
    gender: optional(element('Gender', words('M', widths.codeOfOne))),
    income: optional(element('Income', { attributes: { currency: attribute('currency', currency) }, text: words('4') })),
    maritalStatus: optional(element('MaritalStatus', words('M', widths.codeOfOne))),
    children: optional(element('Children', words('2'))),
    household: optional(element('Household', words('4'))),
    companyName: optional(element('CompanyName', words('Harbour and Pine', widths.companyName))),
    hobbies: optional(element('Hobbies', words('sailing', widths.hobbies))),
    orderBefore: optional(element('OrderBefore', words('N', widths.codeOfOne))),
    timeZone: optional(element('TimeZone', words('AST', widths.timeZone))),
    fields: many(element('DemographicField', words('d-1'))),
  },
});

export const profile = element('Profile', {
  attributes: { type: defaultAttribute('type', oneOf('B', 'C'), 'C', 'B business, C consumer') },
  children: { personal, business: optional(business), demographics: optional(demographics) },
});
