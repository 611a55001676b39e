import type { MessageTable } from './message.ts';
import { placeRows } from './people.ts';
import type { FieldRow, RecordTable } from './record.ts';

// reference/legacy-messages.md, sections 3 and 4

const rows: readonly FieldRow[] = [
  ['NC_LoginID', 31, 'D', 'logon id, the key, USERREG.LOGONID'],
  ['NC_Password', 12, 'D', 'encrypted password, USERREG.LOGONPASSWORD', 'secret'],
  ['NC_VerifyPassword', 12, 'D', 'the same again', 'secret'],
  ['NC_MerchantRefNumber', 10, 'D', 'store; the original gives it no meaning'],
  ['NC_MethodComm', 2, 'D', 'E1, E2 e-mail or P1, P2 telephone, USERPROF.PREFERREDCOMM'],
  ['NC_ChallengeQues', 250, 'D', 'challenge question, USERREG.CHALLENGEQUESTION', 'free'],
  ['NC_ChallengeAns', 250, 'D', 'challenge answer, USERREG.CHALLENGEANSWER', 'secret'],
  ['NC_ShopperField1', 254, 'D', "for a site's own use, USERS.FIELD1", 'free'],
  ['NC_ShopperField2', 254, 'D', "for a site's own use, USERS.FIELD2", 'free'],
  ['NC_Title', 5, 'D', 'Dr, Mr, Mrs, Ms; N: not provided, ADDRESS.PERSONTITLE'],
  ['NC_LastName', 30, 'D', 'family name, ADDRESS.LASTNAME', 'free'],
  ['NC_FirstName', 30, 'D', 'given name, ADDRESS.FIRSTNAME', 'free'],
  ['NC_MiddleName', 30, 'D', 'middle name, ADDRESS.MIDDLENAME', 'free'],
  ['NC_RepCompany', 80, 'D', 'company represented, ADDRESS.ORGNAME', 'free'],
  ['NC_Phone1', 30, 'D', 'primary telephone, ADDRESS.PHONE1', 'free'],
  ['NC_Phone2', 30, 'D', 'secondary telephone, ADDRESS.PHONE2', 'free'],
  ['NC_Fax', 30, 'N', 'fax, ADDRESS.FAX1', 'free'],
  ...placeRows('NC_', 'of the customer', 'H'),
  ['NC_Email1', 254, 'H', 'primary e-mail or URL, ADDRESS.EMAIL1', 'free'],
  ['NC_Email2', 254, 'H', 'secondary e-mail or URL, ADDRESS.EMAIL2', 'free'],
];

export const customerNewHeader: RecordTable = { tag: 'HDR010', version: '01', rows };

/** The same record; its page breaks off earlier. */
export const customerUpdateHeader: RecordTable = {
  tag: 'HDR010',
  version: '01',
  sketchy: true,
  rows: rows.map(([name, width, , about, ...mark], index): FieldRow => [name, width, index < 7 ? 'D' : 'H', about, ...mark]),
};

export const customerNewTable: MessageTable = { type: 'NC', version: '01', headers: [customerNewHeader], userData: true };
export const customerUpdateTable: MessageTable = { type: 'UC', version: '01', headers: [customerUpdateHeader], userData: true };
