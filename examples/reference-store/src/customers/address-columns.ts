import type { CustomerChange } from '@waybill/commerce';
import type { Value } from '../database/database.ts';
import { present, toFlag } from '../database/present.ts';

type AddressParts = NonNullable<CustomerChange['address']>;

/** What a message says of an address, as columns; what it does not say is left out. */
export function addressColumns(address: AddressParts): Readonly<Record<string, Value>> {
  const { name, address: place, contact, billing, fields } = address;
  const [phone1, phone2] = contact?.telephones ?? [];
  return {
    ...linesOf(place?.lines),
    ...present({
      external_id: address.addressId,
      nick_name: address.nickName,
      type: address.type,
      title: name?.title,
      last_name: name?.lastName,
      first_name: name?.firstName,
      middle_name: name?.middleName,
      city: place?.city,
      state: place?.state,
      postal_code: place?.postalCode,
      country: place?.country,
      phone1: phone1?.number,
      phone1_type: phone1?.type,
      publish_phone1: toFlag(phone1?.publish),
      phone2: phone2?.number,
      phone2_type: phone2?.type,
      publish_phone2: toFlag(phone2?.publish),
      best_calling_time: contact?.bestCallingTime,
      fax1: contact?.faxes?.[0],
      fax2: contact?.faxes?.[1],
      email1: contact?.emails?.[0],
      email2: contact?.emails?.[1],
      billing_code: billing?.code,
      billing_code_type: billing?.type,
      package_suppression: address.packageSuppression,
      field1: fields?.[0],
      field2: fields?.[1],
      field3: fields?.[2],
    }),
  };
}

/** All lines or none: half of an old address and half of a new one is no place. */
function linesOf(lines: readonly string[] = []): Readonly<Record<string, Value>> {
  const [line1, line2 = null, line3 = null] = lines;
  return line1 === undefined ? {} : { line1, line2, line3 };
}
