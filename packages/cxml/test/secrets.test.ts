import { MessageError } from '@waybill/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concealSecrets, insertSecret, readDocument, writeDocument } from '../src/index.ts';
import { sample, samples } from './support/documents.ts';

describe('a secret in a document is masked', () => {
  it.each([
    ['plainly', '<SharedSecret>hunter2</SharedSecret>'],
    ['with blanks in its tags', '<SharedSecret >hunter2</SharedSecret >'],
    ['with attributes in either quotes', `<SharedSecret a="x>y" b='>'>hunter2</SharedSecret>`],
    ['with a prefix', '<c:SharedSecret>hunter2</c:SharedSecret>'],
    ['in other case', '<sharedsecret>hunter2</sharedsecret>'],
    ['as CDATA, with an end tag in it', '<SharedSecret><![CDATA[</SharedSecret>hunter2]]></SharedSecret>'],
    ['in character references', '<SharedSecret>&#104;unter2</SharedSecret>'],
    ['on several lines', '<SharedSecret>\n  hunter2\n</SharedSecret>'],
    ['inside of an element', '<SharedSecret><Value>hunter2</Value></SharedSecret>'],
    ['behind a comment', '<SharedSecret><!-- </SharedSecret> -->hunter2</SharedSecret>'],
    ['in a comment', '<!-- <SharedSecret>hunter2</SharedSecret> -->'],
    ['behind a comment that does not end', '<!-- oh <SharedSecret>hunter2</SharedSecret>'],
    ['in a document that is cut', '<Sender><SharedSecret>hunter2'],
    ['where its end tag is cut', '<Sender><SharedSecret>hunter2</Share'],
    ['where its end tag is another one', '<Sender><SharedSecret>hunter2</Sender>'],
    ['where its start tag does not end', '<Sender><SharedSecret hunter2</SharedSecret></Sender>'],
    ['where a quote does not end', '<SharedSecret a="> hunter2</SharedSecret><b c="">'],
    ['as a code of authentication', '<CredentialMac type="FromSenderCredentials">hunter2</CredentialMac>'],
  ])('when it is written %s', (_what, text) => {
    expect(concealSecrets(text)).not.toMatch(/hunter2|#104/);
    expect(concealSecrets(text)).toContain('********');
  });

  it('and nothing else is', () => {
    const text = sample('order-new');
    const expected = text.replace('> s&amp;cret <', '>********<').replace('5555555555554444', '************4444');
    expect(concealSecrets(text)).toBe(expected);
  });

  it('and a document without one is left alone', () => {
    expect(concealSecrets(sample('cart'))).toBeUndefined();
    expect(concealSecrets('<SharedSecret/><SharedSecret></SharedSecret>')).toBeUndefined();
    expect(concealSecrets('')).toBeUndefined();
  });

  it('and nothing is left to be masked then', () => {
    const once = concealSecrets(sample('order-new')) ?? '';
    expect(once).toContain('<SharedSecret>********</SharedSecret>');
    expect(concealSecrets(once)).toBeUndefined();
  });
});

describe('the number of a card is masked but for its last digits', () => {
  it.each([
    ['in front of other attributes', '<PCard number="4111111111111111" expiration="2028-01">'],
    ['behind them', `<PCard expiration='2028-01' number='4111111111111111'/>`],
    ['with blanks around its sign', '<PCard\n\tnumber\n=\n"4111111111111111" />'],
    ['in groups', '<PCard number="4111 1111-1111 1111"/>'],
    ['in character references', '<PCard number="&#52;&#x31;11111111111111"/>'],
    ['with a prefix', '<c:PCard c:number="4111111111111111"/>'],
    ['without quotes', '<PCard number=4111111111111111 expiration=2028-01>'],
    ['in a tag that does not end', '<PCard number="4111111111111111" <Address>'],
  ])('%s', (_what, text) => {
    const masked = concealSecrets(text) ?? '';
    expect(masked).toContain('************1111');
    expect(masked).not.toMatch(/4111|&#52/);
  });

  it('wholly where it is cut, or too short to be told by them', () => {
    expect(concealSecrets('<PCard number="41111111')).toBe('<PCard number="************');
    expect(concealSecrets('<PCard number="4111"/>')).toBe('<PCard number="************"/>');
  });
});

describe('any damage to a document', () => {
  it('leaves no secret to be seen that is still there as a whole, in the content of an element of its own', () => {
    const text = sample('order-new').replace('> s&amp;cret <', '>hunter2hunter2<');
    fc.assert(
      fc.property(fc.nat(text.length), fc.constantFrom('<', '>', '"', "'", '<!--', '<![CDATA[', ']]>', '</', '<x', '&'), (at, mark) => {
        const damaged = text.slice(0, at) + mark + text.slice(at);
        if (!damaged.includes('<SharedSecret>hunter2hunter2')) return;
        expect(concealSecrets(damaged)).not.toContain('hunter2');
      }),
      { numRuns: 400 },
    );
  });

  it('is looked through once: text of any length ends within the time of a test', () => {
    for (const part of ['<SharedSecret>', '<SharedSecret ', '<PCard number="', '<!--', '<![CDATA[', '<a b="', '</', '&#'])
      expect(concealSecrets(`${part.repeat(40_000)}<SharedSecret>hunter2`)).not.toContain('hunter2');
  });
});

describe('a secret that is put into a document', () => {
  const sender = { domain: 'NetworkID', identity: 'AN88' };
  const document = readDocument(sample('order-new'));
  const written = (identity = sender) =>
    writeDocument('OrderRequest', document.input, { ...document, parties: { from: [identity], to: [sender], sender: identity } });

  it('is read there, and all else is as it was', () => {
    const text = insertSecret(written(), sender, ' a<b>&"c\' ');
    expect(readDocument(text).secret).toBe(' a<b>&"c\' ');
    expect(text.replace(/<SharedSecret>.*<\/SharedSecret>/, '')).toBe(written());
  });

  it('replaces one that is there', () => {
    const once = insertSecret(written(), sender, 'old');
    expect(insertSecret(once, sender, 'new')).toBe(insertSecret(written(), sender, 'new'));
  });

  it('goes to the credential of the identity, whatever way it is written', () => {
    const second = `<Credential domain='DUNS'>\n<c:Identity >7 &amp; 8</c:Identity></Credential>`;
    const text = written().replace('<Sender>', `<Sender>${second}`);
    expect(insertSecret(text, { domain: 'duns', identity: '7 & 8' }, 'x')).toContain('</c:Identity><SharedSecret>x</SharedSecret>');
    expect(insertSecret(text, sender, 'x')).toContain('AN88</Identity><SharedSecret>x</SharedSecret>');
  });

  it('has no place where nobody sends', () => {
    expect(() => insertSecret(sample('response'), sender, 'x')).toThrow(MessageError);
  });

  it('is masked like any other', () => {
    for (const [, text] of samples) {
      if (!text.includes('<Sender>')) continue;
      expect(concealSecrets(insertSecret(text, sender, 'hunter2'))).not.toContain('hunter2');
    }
  });
});
