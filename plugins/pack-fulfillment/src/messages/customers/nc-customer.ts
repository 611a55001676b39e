import { type CustomerChange, type CustomerInput, customerRegister, customerUpdate, widths } from '@waybill/commerce';
import { ignored, mapping, type Nodes } from '@waybill/mapping';
import { oneOf } from '@waybill/values';
import { bind } from '../../binding.ts';
import { credentials, framed } from '../../envelope.ts';
import { bit, code, id, userData, words } from '../../parts.ts';
import { type Apart, apart, together } from './nc-contact.ts';
import {
  bestCallingTime,
  bestCallingTimeWords,
  challengeAnswer,
  challengeQuestion,
  nickName,
  type PhoneInfo,
  password,
  type Telephone,
} from './parts.ts';

// Create_NC_Customer 1.0 and Update_NC_Customer 1.0: reference/fulfillment-messages.md, section 3.1. The schema has any number of
// customers, of whom nobody could tell the fields apart: a second one is refused.

type Changed = CustomerChange & Apart;
type Created = CustomerInput & Apart;
type Challenge = NonNullable<CustomerInput['challenge']>;

const c = mapping<Changed>();
const q = mapping<Challenge>();
const t = mapping<Telephone>();
const p = mapping<PhoneInfo>();

const logonId = () => c.leaf('LoginID', 'logonId', id('mwestergaard', widths.logonId));
const again = { about: 'the password again' };

/** Who it is, up to the name; nobody can be registered without a password. */
const createdLogin = () =>
  c.group('LoginInfo', [logonId(), c.leaf('Password', 'password', password), c.leaf('VerifyPassword', 'passwordVerify', password, again)]);
const changedLogin = () =>
  c.group('LoginInfo', [
    logonId(),
    c.leaf('Password?', 'password', password),
    c.leaf('VerifyPassword?', 'passwordVerify', password, again),
  ]);

const createdChallenge = () =>
  c.perhapsAll('challenge', [
    q.leaf('ChallengeQuestion', 'question', challengeQuestion),
    q.leaf('ChallengeAnswer', 'answer', challengeAnswer),
  ]);
const changedChallenge = (): Nodes<Changed> => [
  c.leaf('ChallengeQuestion?', 'challenge.question', challengeQuestion),
  c.leaf('ChallengeAnswer?', 'challenge.answer', challengeAnswer),
];

const nameInParts = (): Nodes<Changed> => [
  c.leaf('LastName', 'address.name.lastName', words('Westergaard')),
  c.leaf('FirstName?', 'address.name.firstName', words('Marit')),
  c.leaf('MiddleName?', 'address.name.middleName', words('L')),
];
const person = (name: Nodes<Changed>): Nodes<Changed> => [
  c.group('ContactPersonName', [
    c.leaf('Title?', 'address.name.title', words('Ms')),
    ...name,
    c.leaf('AlternateName?', 'address.nickName', nickName, { about: 'nickname of the address' }),
  ]),
];

const phoneInfo = (): Nodes<PhoneInfo> => [
  p.leaf('@type?', 'type', words('PHN')),
  p.leaf('@isListed?', 'publish', bit, { about: 'may the number be published' }),
];

const reached = (): Nodes<Changed> => [
  c.leaf('RepCompany?', 'business.organizationName', words('Harbour and Pine', widths.organizationName)),
  c.group('Address', [
    c.list('AddressLine+', 'address.address.lines', words('18 Quayside Row')),
    c.leaf('City', 'address.address.city', words('Larkhaven')),
    c.leaf('State', 'address.address.state', words('ON')),
    c.leaf('Zip', 'address.address.postalCode', words('L4K 8Z2')),
    c.leaf('Country', 'address.address.country', words('CA')),
  ]),
  c.group('ContactInfo', [
    c.vector('Telephone*', 'address.contact.telephones', [t.leaf('.', 'number', words('555-0142'))]),
    c.list('Email*', 'address.contact.emails', words('marit@harbourpine.example')),
    c.leaf('Fax?', 'fax', words('555-0149')),
  ]),
  c.group('DayPhoneInfo?', [c.into('PhoneInfo', 'dayPhone', phoneInfo())], { about: 'of the first telephone' }),
  c.group('EveningPhoneInfo?', [c.into('PhoneInfo', 'eveningPhone', phoneInfo())], { about: 'of the second telephone' }),
  c.leaf('BestTimeToCall?', 'address.contact.bestCallingTime', bestCallingTime, { about: bestCallingTimeWords }),
  c.leaf('IncludePackageInsert?', 'address.packageSuppression', words('0')),
  c.list('AddressOptField*', 'address.fields', words('dock-b')),
];

const codeOfOne = (example: string) => code(example, widths.codeOfOne);

const statistics = (): Nodes<Changed> => [
  c.group('Gender?', [c.leaf('@value', 'demographics.gender', oneOf('F', 'M', 'N'))]),
  c.leaf('AgeGroup?', 'demographics.age', words('3')),
  c.leaf('IncomeGroup?', 'demographics.income', words('4')),
  c.group('MaritalStatus?', [c.leaf('@value', 'demographics.maritalStatus', oneOf('S', 'M', 'C', 'P', 'D', 'W', 'O', 'N'))]),
  c.leaf('NumberOfChildren?', 'demographics.children', words('2')),
  c.leaf('NumberInHouse?', 'demographics.household', words('4')),
  c.leaf('WorkCompany?', 'demographics.companyName', words('Harbour and Pine', widths.companyName)),
  c.leaf('Interests?', 'demographics.hobbies', words('sailing', widths.hobbies)),
  c.leaf('PreviousOrder?', 'demographics.orderBefore', codeOfOne('N')),
  c.list('Demographics*', 'demographics.fields', words('A')),
];

interface Differing {
  readonly login: Nodes<Changed>[number];
  readonly challenge: Nodes<Changed>;
  readonly name: Nodes<Changed>;
}

const customer = ({ login, challenge, name }: Differing): Nodes<Changed> => [
  c.group('Customer', [
    login,
    c.group('MerchantID?', [ignored('@type?'), ignored('.')], { about: 'means nothing here' }),
    c.leaf('MethodOfCommunication?', 'personal.preferredCommunication', words('E1', widths.preferredCommunication)),
    ...challenge,
    c.list('ShopperField*', 'personal.userFields', words('loyalty-gold', widths.userField)),
    ...person(name),
    ...reached(),
    ...statistics(),
    userData(),
  ]),
];

const frame = { noun: 'NC_Customer', version: '1.0', control: () => [credentials()] };

const createCustomer = framed<Created>({ ...frame, verb: 'Create', command: customerRegister.name }, () =>
  // A registration needs the last name; a full name would become the name of an organizational unit.
  customer({ login: createdLogin(), challenge: [createdChallenge()], name: nameInParts() }),
);
const updateCustomer = framed<Changed>({ ...frame, verb: 'Update', command: customerUpdate.name }, () =>
  customer({
    login: changedLogin(),
    challenge: changedChallenge(),
    name: [
      c.oneOf(
        [
          c.leaf('FullName', 'business.organizationUnitName', words('Retail', widths.organizationName), {
            about: 'of an organizational unit',
          }),
        ],
        nameInParts(),
      ),
    ],
  }),
);

const type = { version: '1.0', direction: 'in' } as const;

export const ncCustomerBindings = [
  bind<Created>({
    type: {
      ...type,
      name: 'Create_NC_Customer',
      commands: [customerRegister],
      summary: 'Registers a customer who is already known to a back end; an older form of Create_WCS_Customer.',
    },
    message: createCustomer,
    prepare: apart,
    interpret: together,
  }),
  bind<Changed>({
    type: {
      ...type,
      name: 'Update_NC_Customer',
      commands: [customerUpdate],
      summary: 'Changes the data of a customer; an older form of Update_WCS_Customer.',
    },
    message: updateCustomer,
    prepare: apart,
    interpret: together,
  }),
];
