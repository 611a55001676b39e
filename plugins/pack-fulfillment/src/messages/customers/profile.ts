import { type CustomerChange, widths } from '@waybill/commerce';
import { type GroupOptions, mapping, type Node, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { currency, id, words } from '../../parts.ts';

// The profile in Create_WCS_Customer and Update_WCS_Customer: reference/fulfillment-messages.md, section 3.2.

type Personal = NonNullable<CustomerChange['personal']>;
type Business = NonNullable<CustomerChange['business']>;
type Demographics = NonNullable<CustomerChange['demographics']>;

const c = mapping<CustomerChange>();
const p = mapping<Personal>();
const b = mapping<Business>();
const e = mapping<NonNullable<Business['employee']>>();
const d = mapping<Demographics>();

const personal = (distinguishedName: string): Nodes<Personal> => [
  p.leaf(distinguishedName, 'distinguishedName', words('uid=tokonkwo,o=harbour and pine,o=root organization', widths.distinguishedName)),
  p.leaf('PreferredCurrency?', 'preferredCurrency', currency),
  p.leaf('PreferredLanguage?', 'preferredLanguage', id('-1')),
  p.list('UserField*', 'userFields', words('gold', widths.userField)),
  p.leaf('DisplayName?', 'displayName', words('Tobe Okonkwo', widths.displayName)),
  p.leaf('Photo?', 'photo', words('tobe.png', widths.photo)),
  p.leaf('PreferredMeasure?', 'preferredMeasure', words('metric', widths.preferredMeasure)),
  p.leaf('PreferredCommunication?', 'preferredCommunication', words('E1', widths.preferredCommunication)),
  p.leaf('PreferredDelivery?', 'preferredDelivery', words('evening', widths.preferredDelivery)),
  p.leaf('Description?', 'description', words('Buys lamps', widths.aboutCustomer)),
  p.list('UserProfileField*', 'profileFields', words('p-1', widths.profileField)),
];

const business = (): Nodes<Business> => [
  b.leaf('BusinessTitle?', 'businessTitle', words('Purchasing lead', widths.businessTitle)),
  b.group('Organization', [
    b.leaf('OrganizationId', 'organizationId', id('7000000000000000102')),
    b.leaf('OrganizationName?', 'organizationName', words('Harbour and Pine', widths.organizationName)),
    b.leaf('OrganizationUnitId?', 'organizationUnitId', id('7000000000000000103')),
    b.leaf('OrganizationUnitName?', 'organizationUnitName', words('Retail', widths.organizationName)),
  ]),
  b.into('Employee?', 'employee', [
    e.leaf('EmployeeId', 'employeeId', words('E-3391', widths.employeeNumber)),
    e.leaf('AlternateId?', 'alternateId', words('A-1', widths.employeeNumber)),
    e.leaf('EmployeeType?', 'type', words('full time', widths.employeeType)),
  ]),
  b.leaf('OfficeAddress?', 'officeAddress', words('3rd floor')),
  b.leaf('DepartmentNumber?', 'departmentNumber', words('D-4', widths.departmentNumber)),
  b.leaf('Manager?', 'manager', words('S. Brandt', widths.colleague)),
  b.leaf('Secretary?', 'secretary', words('L. Gull', widths.colleague)),
];

const demographics = (): Nodes<Demographics> => [
  d.leaf('Age?', 'age', words('3')),
  d.leaf('Gender?', 'gender', words('M', widths.codeOfOne)),
  d.group('Income?', [d.leaf('@currency', 'incomeCurrency', currency), d.leaf('.', 'income', words('4'))]),
  d.leaf('MaritalStatus?', 'maritalStatus', words('M', widths.codeOfOne)),
  d.leaf('Children?', 'children', words('2')),
  d.leaf('Household?', 'household', words('4')),
  d.leaf('CompanyName?', 'companyName', words('Harbour and Pine', widths.companyName)),
  d.leaf('Hobbies?', 'hobbies', words('sailing', widths.hobbies)),
  d.leaf('OrderBefore?', 'orderBefore', words('N', widths.codeOfOne)),
  d.leaf('TimeZone?', 'timeZone', words('AST', widths.timeZone)),
  d.list('DemographicField*', 'fields', words('d-1')),
];

/** The elements that are mandatory in all versions but one. */
interface Names {
  /** Default `Personal`. */
  readonly person?: string;
  /** Default `DistinguishedName`. */
  readonly distinguished?: string;
}

export const profile = (
  { person = 'Personal', distinguished = 'DistinguishedName' }: Names = {},
  options: GroupOptions<CustomerChange> = {},
): Node<keyof CustomerChange> =>
  c.group(
    'Profile?',
    [
      c.leaf('@type?', 'profileType', oneOf('B', 'C'), { preset: 'C', about: 'B business(), C consumer' }),
      c.into(person, 'personal', personal(distinguished)),
      c.into('Business?', 'business', business()),
      c.into('Demographics?', 'demographics', demographics()),
    ],
    options,
  );
