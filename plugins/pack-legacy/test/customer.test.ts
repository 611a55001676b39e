import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { bytesOf, contextWith, faultOf, fixture, readBody, refusal } from './support/messages.ts';

const text = (file: string): string => fixture(file).toString('utf8');
const ref = (name: string) => ({ name, version: '01' });

describe('a customer', () => {
  const { read } = readBody(text('customer_new.txt'));
  const input = read.input as object;
  const written = (data: object, name = 'CustomerNew') => pack.compose(ref(name), { input: data }, contextWith());

  it('has an encrypted password, and says so', () => {
    expect(input).toMatchObject({ password: 'ENCRYPTEDPW1', passwordVerify: 'ENCRYPTEDPW1', passwordForm: 'encrypted' });
    const { passwordForm: _form, ...plain } = input as { readonly passwordForm: string };
    const error = refusal(() => written(plain));
    expect([error.code, error.at]).toEqual(['WB_LEGACY_BAD_DATA', 'passwordForm']);
  });

  it('who changes without a password says nothing of it', () => {
    expect(JSON.stringify(readBody(text('customer_update.txt')).read.input)).not.toContain('password');
  });

  it('has a title, or N where there is none', () => {
    const body = text('customer_new.txt');
    const none = body.replace('Mr   Brindle', 'N    Brindle');
    expect(JSON.stringify(readBody(none).read.input)).not.toContain('title');
    expect(bytesOf(pack.compose(ref('CustomerNew'), readBody(none).read, contextWith())).toString()).toBe(none);
  });

  it.each<[string, string, string]>([
    ['no logon id', 'hbrindle', 'NC_LoginID'],
    ['no password', 'ENCRYPTEDPW1', 'NC_Password'],
    ['no family name', 'Brindle   ', 'NC_LastName'],
    ['no address', '9 Orchard Terrace', 'NC_Addr1'],
    ['no city', 'Millbeck', 'NC_City'],
    ['no country', 'United Kingdom', 'NC_Country'],
    ['a question without an answer', 'Plum Corner', 'NC_ChallengeAns'],
    ['an answer without a question', 'Name of your first allotment?', 'NC_ChallengeQues'],
  ])('who is new is refused with %s', (_what, gone, field) => {
    const body = text('customer_new.txt');
    const error = faultOf(body.replace(gone, ' '.repeat(gone.length)));
    expect(error.at).toContain(`ECEDOC/HEADER/HDR010/${field}, character`);
    expect(`${error.message}${JSON.stringify(error)}`).not.toMatch(/ENCRYPTEDPW1|Plum/);
  });

  it('who changes may answer another question, and say nothing of it', () => {
    const body = text('customer_update.txt');
    const at = body.indexOf('<HDR010>') + 8 + 69;
    const asked = body.slice(0, at) + 'Second ship?'.padEnd(250) + body.slice(at + 250);
    expect(readBody(asked).read.input).toMatchObject({ challenge: { question: 'Second ship?' } });
  });

  it.each<[string, object, string]>([
    ['a kind of telephone', { telephones: [{ number: '1', type: 'CEL' }] }, 'address.contact.telephones'],
    ['a third telephone', { telephones: [{ number: '1' }, { number: '2' }, { number: '3' }] }, 'address.contact.telephones'],
    ['a wish for e-mail', { receiveEmail: true }, 'address.contact.receiveEmail'],
  ])('is not written with %s, which has no place', (_what, contact, at) => {
    const { address: home } = input as { readonly address: object };
    expect(refusal(() => written({ ...input, address: { ...home, contact } })).at).toContain(at);
  });
});

describe('blanks', () => {
  const { read } = readBody(text('customer_new.txt'));

  it.each<[string, object, string]>([
    ['a question whose answer is blank', { challenge: { question: 'Which?', answer: '  ' } }, 'NC_ChallengeAns'],
    ['an answer whose question is empty', { challenge: { question: '', answer: 'That' } }, 'NC_ChallengeQues'],
    ['a blank id', { logonId: ' ' }, 'NC_LoginID (logonId)'],
  ])('are nothing on the wire, so that it is refused to write %s', (_what, change, at) => {
    const input = { ...(read.input as object), ...change };
    expect(refusal(() => pack.compose(ref('CustomerNew'), { input }, contextWith())).at).toContain(at);
  });

  it('are no name of a product', () => {
    const levels = [{ storeId: '7', quantity: '1', partNumber: ' ' }];
    expect(refusal(() => pack.compose(ref('ProductQuantityUpdate'), { input: { levels } }, contextWith())).at).toContain(
      'levels[0].partNumber',
    );
  });
});
