import type { BuyerProfile, CxmlProfile, OciProfile } from './profile.ts';

export type { BuyerProfile, CxmlProfile, OciProfile, Opening } from './profile.ts';

const person = { UserEmail: 'dana@larkfield.example', UniqueName: 'dokafor', FirstName: 'Dana', LastName: 'Okafor' };

const cxml: Omit<CxmlProfile, 'name' | 'title' | 'remark'> = {
  protocol: 'cxml',
  opening: 'top',
  sameSite: 'None',
  version: '1.2.050',
  userAgent: 'Larkfield Buyer 12.4',
  domain: 'NetworkID',
  hub: undefined,
  severalTo: false,
  timestamps: 'offset',
  doctype: true,
  contactFirst: false,
  withoutSecret: undefined,
  secretInOrders: true,
  extrinsics: person,
  payloadIds: 'unique',
  newestCookieOnly: false,
  operations: ['create', 'edit', 'inspect'],
  testSuffix: '',
};

const oci: Omit<OciProfile, 'name' | 'title' | 'remark' | 'version'> = {
  protocol: 'oci',
  opening: 'top',
  sameSite: 'None',
  method: 'POST',
  charset: 'utf-8',
  target: '_top',
  hookName: 'HOOK_URL',
};

const all = [
  { ...cxml, name: 'generic', title: 'Generic cXML', remark: 'Does everything as the DTD and the guide have it.' },
  {
    ...cxml,
    name: 'ariba',
    title: 'SAP Ariba',
    remark:
      'A hub is the sender, the supplier has several names, names of tests end in -T; opens a frame, and takes only the newest session.',
    opening: 'frame',
    hub: { domain: 'AribaNetworkUserId', identity: 'sysadmin@ariba.com' },
    userAgent: 'Buyer 14s1',
    severalTo: true,
    newestCookieOnly: true,
    testSuffix: '-T',
  },
  {
    ...cxml,
    name: 'coupa',
    title: 'Coupa',
    remark: 'Contact before BrowserFormPost, times as ctime writes them, "none" as secret when none is set, orders without one.',
    version: '1.2.014',
    userAgent: 'Coupa Procurement 1.0',
    domain: 'DUNS',
    timestamps: 'ctime',
    contactFirst: true,
    withoutSecret: 'none',
    secretInOrders: false,
    extrinsics: { ...person, User: 'dokafor', BusinessUnit: 'Larkfield' },
  },
  {
    ...cxml,
    name: 'jaggaer',
    title: 'Jaggaer',
    remark: 'Strict about lengths, and calculates the total anew; here it behaves as the generic one. Medium confidence.',
    version: '1.2.020',
    userAgent: 'JAGGAER',
    domain: 'DUNS',
    extrinsics: { UserEmail: person.UserEmail, UniqueName: person.UniqueName },
  },
  {
    ...cxml,
    name: 'oracle',
    title: 'Oracle',
    remark: 'An old version, times without offset, no edit.',
    version: '1.2.007',
    userAgent: 'Oracle iProcurement',
    hub: { domain: 'OracleSN', identity: 'OSN' },
    timestamps: 'plain',
    extrinsics: { User: 'dokafor' },
    operations: ['create'],
  },
  {
    ...cxml,
    name: 'workday',
    title: 'Workday',
    remark: 'No edit and no inspect were found mentioned. Low confidence.',
    version: '1.2.014',
    userAgent: 'Workday',
    extrinsics: { UserEmail: person.UserEmail, UniqueName: person.UniqueName },
    operations: ['create'],
  },
  {
    ...cxml,
    name: 'bare',
    title: 'Small systems',
    remark: 'No DOCTYPE, the payload id is the timestamp, which has no offset, and "none" is the secret (PowerSchool and others).',
    version: '1.2.014',
    userAgent: 'Requisitions',
    timestamps: 'plain',
    doctype: false,
    withoutSecret: 'none',
    extrinsics: {},
    payloadIds: 'timestamp',
    operations: ['create'],
  },
  {
    ...oci,
    name: 'sap-srm',
    title: 'SAP SRM (OCI 4)',
    remark: 'Calls by GET with an old charset, opens a frame, and wants the cart at the top.',
    version: '4.0',
    opening: 'frame',
    method: 'GET',
    charset: 'iso-8859-1',
  },
  { ...oci, name: 's4hana', title: 'SAP S/4HANA (OCI 5)', remark: 'Calls by POST in UTF-8, and asks again for prices.', version: '5.0' },
] as const satisfies readonly BuyerProfile[];

export type ProfileName = (typeof all)[number]['name'];

/** The kinds of procurement systems that can be played. */
export const profiles: readonly (BuyerProfile & { readonly name: ProfileName })[] = all;

export function profileNamed(name: string): BuyerProfile | undefined {
  return profiles.find((one) => one.name === name);
}
