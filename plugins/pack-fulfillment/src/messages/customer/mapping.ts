import { type CustomerInput, customerRegister } from '@waybill/commerce';
import type { ReadMessage } from '@waybill/contract';
import { type Asked, bind, loginOf } from '../../binding.ts';
import { given, unlessEmpty } from '../../given.ts';
import {
  type CreateCustomer20,
  type CreateCustomer20Writing,
  type CreateCustomer30,
  type CreateCustomer30Writing,
  createCustomer20,
  createCustomer30,
} from './message.ts';

type Customer20 = CreateCustomer20['data']['customer'];
type Customer30 = CreateCustomer30['data']['customer'];
type Profile = NonNullable<Customer30['profile']>;
type AddressInput = CustomerInput['address'];

function read30({ control, data }: CreateCustomer30): ReadMessage {
  const { customer } = data;
  const { store, parent, ...registration } = customer.registration;
  const contact = contactOf(customer.address.contact, customer.address.contact?.receiveEmail?.value);
  const input: CustomerInput = given({
    ...registrationOf(registration),
    storeId: store.storeId,
    parentMember: parent?.parentMember,
    address: addressOf(customer.address, contact),
    ...profileOf(customer.profile),
    userData: customer.userData,
  });
  return given({
    command: customerRegister.name,
    input,
    credentials: control.credentials && { ...control.credentials },
    store: store.storeId,
  });
}

function read20({ control, data }: CreateCustomer20): ReadMessage {
  const { customer } = data;
  const input: CustomerInput = given({
    ...registrationOf(customer.registration),
    address: addressOf(customer.address, contactOf(customer.address.contact, undefined)),
    ...profileOf(customer.profile),
    userData: customer.userData,
  });
  return given({ command: customerRegister.name, input, credentials: control.credentials && { ...control.credentials } });
}

function registrationOf({ logon, status, challenge }: Customer20['registration']) {
  return given({ ...logon, enabled: status?.enabled, passwordExpired: status?.expired.value, challenge });
}

function addressOf({ address, contact: _contact, ...rest }: Customer20['address'], contact: AddressInput['contact']): AddressInput {
  const { primary, self, ...postal } = address;
  return given({ ...rest, address: postal, primary, self, contact });
}

function contactOf(contact: Customer20['address']['contact'], receiveEmail: boolean | undefined): AddressInput['contact'] {
  if (contact === undefined) return undefined;
  const { telephones, bestCallingTime, faxes, emails } = contact;
  return given({
    telephones: telephones?.map(({ text: number, ...rest }) => ({ number, ...rest })),
    bestCallingTime,
    faxes,
    emails,
    receiveEmail,
  });
}

function profileOf(profile: Profile | undefined) {
  if (profile === undefined) return {};
  const { type, personal, business, demographics } = profile;
  return given({ profileType: type, personal, business: businessOf(business), demographics: demographicsOf(demographics) });
}

function businessOf(business: Profile['business']): CustomerInput['business'] {
  if (business === undefined) return undefined;
  const { organization, ...rest } = business;
  return { ...rest, ...organization };
}

function demographicsOf(demographics: Profile['demographics']): CustomerInput['demographics'] {
  if (demographics === undefined) return undefined;
  const { income, ...rest } = demographics;
  return given({ ...rest, income: income?.text, incomeCurrency: income?.currency });
}

function write30({ input, credentials }: Asked<CustomerInput>): CreateCustomer30Writing {
  const { storeId, parentMember, address, userData } = input;
  const { receiveEmail } = address.contact ?? {};
  return {
    control: { credentials: loginOf(credentials) },
    data: {
      customer: {
        registration: {
          ...writeRegistration(input),
          store: { storeId: storeId ?? '' },
          parent: parentMember === undefined ? undefined : { parentMember },
        },
        address: {
          ...writeAddress(address),
          contact: address.contact && {
            ...writeContact(address.contact),
            receiveEmail: receiveEmail === undefined ? undefined : { value: receiveEmail },
          },
        },
        profile: writeProfile(input),
        userData,
      },
    },
  };
}

/** Version 2.0 has no place for the store, the organization and the wish for e-mail; what it would lose is refused. */
function write20({ input, credentials }: Asked<CustomerInput>): CreateCustomer20Writing {
  const { storeId, parentMember, address, userData } = input;
  const lost = given({ storeId, parentMember });
  return {
    control: { credentials: loginOf(credentials) },
    data: {
      customer: {
        registration: { ...lost, ...writeRegistration(input) },
        address: { ...writeAddress(address), contact: address.contact && writeContact(address.contact) },
        profile: writeProfile(input),
        userData,
      },
    },
  };
}

function writeRegistration({ logonId, password, passwordVerify, enabled, passwordExpired, challenge }: CustomerInput) {
  const status =
    enabled === undefined && passwordExpired === undefined ? undefined : { enabled: enabled ?? true, expired: { value: passwordExpired } };
  return { logon: { logonId, password, passwordVerify }, status, challenge };
}

/** The message demands nick name and type, so an address without them is refused when it is written. */
function writeAddress({ nickName, type, address, primary, self, contact: _contact, ...rest }: AddressInput) {
  return { ...rest, nickName: nickName as string, type: type as NonNullable<typeof type>, address: { ...address, primary, self } };
}

function writeContact({ telephones, receiveEmail: _wish, ...rest }: NonNullable<AddressInput['contact']>) {
  return { ...rest, telephones: telephones?.map(({ number, ...each }) => ({ ...each, text: number })) };
}

/** `Profile` demands `Personal` and that a distinguished name, so a profile without them is refused when it is written. */
function writeProfile({ profileType, personal, business, demographics }: CustomerInput) {
  const parts = unlessEmpty({
    type: profileType,
    personal,
    business: writeBusiness(business),
    demographics: writeDemographics(demographics),
  });
  return parts && { ...parts, personal: personal as NonNullable<typeof personal> & { readonly distinguishedName: string } };
}

function writeBusiness(business: CustomerInput['business']) {
  if (business === undefined) return undefined;
  const { organizationId, organizationName, organizationUnitId, organizationUnitName, ...rest } = business;
  return {
    ...rest,
    organization: { organizationId: organizationId as string, organizationName, organizationUnitId, organizationUnitName },
  };
}

function writeDemographics(demographics: CustomerInput['demographics']) {
  if (demographics === undefined) return undefined;
  const { income, incomeCurrency, ...rest } = demographics;
  return { ...rest, income: income === undefined ? undefined : { text: income, currency: incomeCurrency ?? '' } };
}

const type = {
  name: 'Create_WCS_Customer',
  direction: 'in',
  commands: [customerRegister],
  summary: 'Registers a customer who is already known to a back end.',
} as const;

export const customerBindings = [
  bind({ type: { ...type, version: '2.0' }, message: createCustomer20, read: read20, write: write20 }),
  bind({ type: { ...type, version: '3.0' }, message: createCustomer30, read: read30, write: write30 }),
];
