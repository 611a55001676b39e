import { type CustomerChange, type CustomerInput, customerRegister, customerUpdate } from '@waybill/commerce';
import { type Finding, type Group, ignored, mapping, type Node, type Nodes } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { bind } from '../binding.ts';
import { errors } from '../errors.ts';
import { customerNewHeader, customerNewTable, customerUpdateHeader, customerUpdateTable } from '../layouts/customer.ts';
import type { MessageTable } from '../layouts/message.ts';
import type { RecordTable } from '../layouts/record.ts';
import { hidden, id, isBlank, listed, message, record, reference, userData, words } from '../parts.ts';

// reference/legacy-messages.md, sections 3 and 4

/** What both messages have: of a customer who is new some of it is mandatory. */
type Customer = CustomerInput & CustomerChange;
type Address = NonNullable<CustomerChange['address']>;
type Telephone = { readonly number: string };

const c = mapping<Customer>();

/** What a customer who is new has to say, and one who changes need not. */
const mandatory = ['NC_Password', 'NC_VerifyPassword', 'NC_LastName', 'NC_Addr1', 'NC_City', 'NC_Country'];

/** Telephones by position; of each the message knows the number alone. */
const telephones = listed(['NC_Phone1', 'NC_Phone2'], words('555-0118'));
const telephoneJoint = {
  join: (texts: readonly (string | undefined)[]): Telephone[] => telephones.joint.join(texts).map((number) => ({ number })),
  split: (phones: readonly Telephone[]): readonly (string | undefined)[] | Problem => {
    const other = Array.isArray(phones) ? phones.flatMap((phone) => Object.keys(phone)).find((key) => key !== 'number') : undefined;
    if (other !== undefined) return new Problem(`has a ${other}, and the message has no place for it`);
    return telephones.joint.split(Array.isArray(phones) ? phones.map(({ number }: Telephone) => number) : phones);
  },
};

function fields(optional: (name: string) => string, isNew: boolean, store: Node): Nodes<Customer> {
  const emails = listed(['NC_Email1', 'NC_Email2'], words('tobe@portmerrin.example'));
  const faxes = listed(['NC_Fax'], words('555-0120'));
  const userFields = listed(['NC_ShopperField1', 'NC_ShopperField2'], words('segment=retail'));
  const lines = listed(['NC_Addr1', 'NC_Addr2', 'NC_Addr3'], words('77 Signal Hill Road'));
  const lineParts = Object.fromEntries(
    Object.entries(lines.parts).map(([name, as]) => [name === 'NC_Addr1?' ? optional('NC_Addr1') : name, as]),
  );
  const blank = isNew ? { preset: '' } : {};
  return [
    c.leaf('NC_LoginID', 'logonId', id('tokonkwo')),
    c.leaf(optional('NC_Password'), 'password', hidden('x9Kq02LmZ4aB')),
    c.leaf(optional('NC_VerifyPassword'), 'passwordVerify', hidden('x9Kq02LmZ4aB')),
    store,
    c.leaf('NC_MethodComm?', 'personal.preferredCommunication', id('E1', 2)),
    c.leaf('NC_ChallengeQues?', 'challenge.question', words('First ship?')),
    c.leaf('NC_ChallengeAns?', 'challenge.answer', hidden('Gull')),
    c.joined('personal.userFields', userFields.parts, userFields.joint),
    c.leaf('NC_Title?', 'address.name.title', id('Mr', 3)),
    c.leaf(optional('NC_LastName'), 'address.name.lastName', words('Okonkwo')),
    c.leaf('NC_FirstName?', 'address.name.firstName', words('Tobe')),
    c.leaf('NC_MiddleName?', 'address.name.middleName', words('J')),
    c.leaf('NC_RepCompany?', 'business.organizationName', words('Harbour and Pine')),
    c.joined('address.contact.telephones', telephones.parts, telephoneJoint),
    c.joined('address.contact.faxes', faxes.parts, faxes.joint),
    c.joined('address.address.lines', lineParts, lines.joint),
    c.leaf(optional('NC_City'), 'address.address.city', words('Port Merrin')),
    c.leaf('NC_State?', 'address.address.state', words('NS'), blank),
    c.leaf(optional('NC_Country'), 'address.address.country', words('CA')),
    c.leaf('NC_ZipCode?', 'address.address.postalCode', words('B3X 2T5'), blank),
    c.joined('address.contact.emails', emails.parts, emails.joint),
  ];
}

function fault({ password, passwordVerify, challenge }: Customer, isNew: boolean): Finding | undefined {
  if (password !== passwordVerify) return { says: 'is not the same as NC_Password', at: 'NC_VerifyPassword' };
  const [asks, answers] = [!isBlank(challenge?.question), !isBlank(challenge?.answer)];
  if (!isNew || asks === answers) return undefined;
  if (asks) return { says: 'is blank, and there is a question', at: 'NC_ChallengeAns' };
  return { says: 'is blank, and there is an answer', at: 'NC_ChallengeQues' };
}

function root(table: MessageTable, header: RecordTable, isNew: boolean, store: Node): Group {
  const optional = (name: string): string => (isNew && mandatory.includes(name) ? name : `${name}?`);
  const check = (value: Customer): Finding | undefined => fault(value, isNew);
  return message<Customer>(table, [
    record(header, fields(optional, isNew, store), check as (value: never) => Finding | undefined),
    userData,
  ]);
}

const noStore = ignored('NC_MerchantRefNumber?');
const withStore = c.leaf('NC_MerchantRefNumber?', 'storeId', reference('10151'));

/** Passwords come encrypted, which a handler has to know; a title N says that none is given. */
function interpret<Input extends CustomerInput | CustomerChange>(input: Input): Input {
  const { name } = input.address ?? {};
  if (name?.title === 'N') {
    delete name.title;
    if (Object.keys(name).length === 0) delete (input.address as Address).name;
    if (input.address !== undefined && Object.keys(input.address).length === 0) delete input.address;
  }
  return input.password === undefined ? input : { ...input, passwordForm: 'encrypted' };
}

function prepare<Input extends CustomerInput | CustomerChange>({ passwordForm, ...input }: Input): Omit<Input, 'passwordForm'> {
  if (input.password === undefined || passwordForm === 'encrypted') return input;
  const hint = 'Encrypt it as the receiver does, and say passwordForm: encrypted.';
  throw errors.WB_LEGACY_BAD_DATA('The password is not encrypted, and the message carries encrypted ones alone.', {
    at: 'passwordForm',
    hint,
  });
}

/** A customer who is new has a title, or says that there is none. */
function prepareNew(input: CustomerInput): object {
  const { name } = input.address;
  return { ...prepare(input), address: { ...input.address, name: { ...name, title: name.title ?? 'N' } } };
}

/** Made-up values that the checks take. */
function plausible<Input extends CustomerInput | CustomerChange>(input: Input): Input {
  const { passwordVerify: _verify, challenge, ...rest } = input;
  const password = input.password === undefined ? {} : { passwordVerify: input.password, passwordForm: 'encrypted' };
  const isWhole = challenge?.question !== undefined && challenge.answer !== undefined;
  return { ...rest, ...password, ...(isWhole ? { challenge } : {}) } as Input;
}

const roots = (table: MessageTable, header: RecordTable, isNew: boolean) => ({
  table,
  root: ({ customerStore = false }: { readonly customerStore?: boolean }) =>
    root(table, header, isNew, customerStore ? withStore : noStore),
});

export const customerBindings = [
  bind<CustomerInput>({
    type: {
      name: 'CustomerNew',
      version: '01',
      direction: 'in',
      commands: [customerRegister],
      summary: 'Registers a customer who is already known to a back end.',
    },
    ...roots(customerNewTable, customerNewHeader, true),
    interpret,
    prepare: prepareNew,
    plausible,
    store: ({ storeId }) => storeId,
  }),
  bind<CustomerChange>({
    type: {
      name: 'CustomerUpdate',
      version: '01',
      direction: 'in',
      commands: [customerUpdate],
      summary: 'Changes the data of a customer who is registered. Blank fields say nothing.',
    },
    ...roots(customerUpdateTable, customerUpdateHeader, false),
    interpret,
    prepare,
    plausible,
    store: ({ storeId }) => storeId,
  }),
];
