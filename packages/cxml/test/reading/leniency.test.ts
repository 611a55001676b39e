import type { PunchoutSetUpInput, PurchaseOrderSubmitInput } from '@waybill/commerce';
import { describe, expect, it } from 'vitest';
import { readDocument, writeDocument } from '../../src/index.ts';
import { changed, sample } from '../support/documents.ts';

const order = (text: string) => readDocument(text).input as PurchaseOrderSubmitInput;
const setup = (text: string) => readDocument(text).input as PunchoutSetUpInput;

describe('a document that is not as its DTD wants it', () => {
  it('is read in any order of children, with a warning that names the element', () => {
    const contact = /<Contact role="endUser">[^]*?<\/Contact>/.exec(sample('setup-create'))?.[0] ?? '';
    const text = sample('setup-create').replace(contact, '').replace('<BrowserFormPost>', `${contact}<BrowserFormPost>`);
    const document = readDocument(
      text
        .replace(/<Extrinsic name="UniqueName">.*<\/Extrinsic>/, '')
        .replace('</SelectedItem>', '</SelectedItem><Extrinsic name="UniqueName">rfenwick</Extrinsic>'),
    );
    const { contacts, extrinsics } = document.input as PunchoutSetUpInput;
    expect(contacts?.[0]?.emails).toEqual(['ruth@fenwick.example', 'rf@fenwick.example']);
    expect(extrinsics?.map(({ name }) => name)).toEqual(['Limit', 'Route', 'UniqueName']);
    expect(document.warnings).toEqual([expect.stringContaining('cXML/Request/PunchOutSetupRequest')]);
  });

  it('keeps what is inside of an extrinsic in its order, whatever order the elements around it stand in', () => {
    const text = sample('setup-create')
      .replace(/<BuyerCookie>.*<\/BuyerCookie>/, '')
      .replace('<SelectedItem>', '<BuyerCookie>c</BuyerCookie><SelectedItem>');
    expect(setup(text).extrinsics).toEqual(setup(sample('setup-create')).extrinsics);
  });

  it('is read without its DOCTYPE, and with one of another module', () => {
    const bare = sample('order-new').replace(/<!DOCTYPE[^>]*>/, '');
    expect(order(bare)).toEqual(order(sample('order-new')));
    expect(order(changed('order-new', 'cXML.dtd', 'Fulfill.dtd'))).toEqual(order(sample('order-new')));
  });

  it('is read without what has no place in it, which is told by its path and without its text', () => {
    const more = '<SpendDetail><Private>geheim</Private></SpendDetail><Contact';
    const { input, warnings } = readDocument(changed('order-new', '<Contact', more));
    expect(input).toEqual(order(sample('order-new')));
    expect(warnings).toEqual([expect.stringContaining('OrderRequestHeader/SpendDetail/Private')]);
    expect(warnings.join()).not.toContain('geheim');
  });

  it('is read without attributes of other versions', () => {
    const { input, warnings } = readDocument(changed('order-new', 'lineNumber="1"', 'lineNumber="1" stoFinalDelivery="yes"'));
    expect(input).toEqual(order(sample('order-new')));
    expect(warnings).toEqual([expect.stringContaining('ItemOut@stoFinalDelivery')]);
  });

  it('is read where text stands among its elements', () => {
    const { input, warnings } = readDocument(changed('order-new', '<OrderRequestHeader', 'see below <OrderRequestHeader'));
    expect(input).toEqual(order(sample('order-new')));
    expect(warnings).toEqual([expect.stringContaining('OrderRequest/text()')]);
  });

  it('counts the first of what comes more often than we have places for', () => {
    const second = '</Description><Description xml:lang="de">Schraube</Description>';
    const { input, warnings } = readDocument(changed('order-new', '</Description>', second));
    expect(input).toEqual(order(sample('order-new')));
    expect(warnings).toEqual([expect.stringContaining('Description[2]')]);
    const named = changed('order-new', '<ShortName>Screw M3</ShortName>', '<ShortName>Screw M3</ShortName><ShortName>Vis M3</ShortName>');
    expect(order(named).lines[0]?.shortName).toBe('Screw M3');
  });

  it('is read with any language', () => {
    expect(order(changed('order-new', 'xml:lang="en-GB"><ShortName>', 'xml:lang=""><ShortName>')).lines[0]?.language).toBe('');
    expect(order(changed('order-new', 'xml:lang="en-GB"><ShortName>', 'xml:lang="en-UK"><ShortName>')).lines[0]?.language).toBe('en-UK');
  });

  it('is read without a header, and says so', () => {
    const { parties, secret, warnings } = readDocument(sample('order-new').replace(/<Header>[^]*<\/Header>/, ''));
    expect({ parties, secret }).toEqual({ parties: undefined, secret: undefined });
    expect(warnings).toEqual(['The document has no header.']);
  });

  it('is read with a root in lower case where that is allowed, and refused elsewhere', () => {
    const text = sample('profile-request').replace('<cXML', '<cxml').replace('</cXML>', '</cxml>').replace('DOCTYPE cXML', 'DOCTYPE cxml');
    expect(readDocument(text, { acceptsLowerCaseRoot: true }).type).toBe('ProfileRequest');
    expect(() => readDocument(text)).toThrow(expect.objectContaining({ code: 'WB_CXML_NOT_ACCEPTABLE' }));
  });

  it('is read with a byte order mark in front', () => {
    expect(readDocument(`\ufeff${sample('profile-request')}`).type).toBe('ProfileRequest');
  });
});

describe('times of a document', () => {
  it.each([
    '2016-04-20T04:34:19',
    '2020-09-25 15:30:43',
    'Mon May 19 18:29:48 +0000 2008',
    '2026-11-02T08:15:00Z',
    '2026-11-02T08:15:00- 07:00',
  ])('are kept as they are written, with a warning: %s', (written) => {
    const { timestamp, warnings } = readDocument(changed('profile-request', '2026-11-02T08:15:00+01:00', written));
    expect(timestamp).toBe(written);
    expect(warnings).toHaveLength(1);
  });
});

describe('what an order says', () => {
  it('has numbers of lines by position where it names none', () => {
    const text = sample('order-new')
      .replace(/lineNumber="\d"/g, '')
      .replace(/parentLineNumber="1"/, '');
    expect(order(text).lines.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('has a number of its own for a line without one among numbered ones', () => {
    expect(order(changed('order-new', 'lineNumber="1"', '')).lines.map(({ number }) => number)).toEqual([1, 2]);
    const taken = sample('order-new').replace('lineNumber="1"', '').replace('lineNumber="2"', 'lineNumber="1"');
    expect(order(taken).lines.map(({ number }) => number)).toEqual([3, 1]);
  });

  it('has free text lines without a part number', () => {
    const [, line] = order(sample('order-new')).lines;
    expect(line).toMatchObject({ adHoc: true, description: 'Something like a hook' });
    expect(line).not.toHaveProperty('partId');
    expect(line).not.toHaveProperty('classifications');
  });

  it('has no address of the web that is none', () => {
    expect(order(sample('order-new')).shipTo).not.toHaveProperty('url');
  });

  it('takes what a blank element could say for not said', () => {
    expect(order(changed('order-new', '<LeadTime>2</LeadTime>', '<LeadTime> </LeadTime>')).lines[0]).not.toHaveProperty('leadTime');
  });
});

describe('what stands around an order', () => {
  it('has all names of a party, the marketplace marked as such, and the sender with its secret as it is', () => {
    expect(readDocument(sample('order-new'))).toMatchObject({
      payloadId: 'new@buy.fenwick.example',
      test: false,
      secret: ' s&cret ',
      parties: {
        from: [
          { domain: 'NetworkID', identity: 'AN77' },
          { domain: 'duns', identity: '330044551' },
          { domain: 'NetworkID', identity: 'AN-MARKET', marketplace: true },
        ],
        to: [{ domain: 'NetworkID', identity: 'AN88' }],
        sender: { domain: 'AribaNetworkUserId', identity: 'hub@hub.example' },
        userAgent: 'Fenwick Buyer 3',
      },
    });
  });

  it('is a test where it says so, and production where it says nothing', () => {
    expect(readDocument(sample('setup-create')).test).toBe(true);
    expect(readDocument(sample('setup-edit')).test).toBe(false);
  });
});

describe('an extrinsic', () => {
  const noted = changed(
    'setup-create',
    '<Email name="ask">ask first</Email>',
    '<x:Note xmlns:x="urn:x" x:kind="soft">ask <x:Who>Ruth</x:Who></x:Note><x:Empty/>',
  );

  it('has its elements as a tree, and its plain text beside them', () => {
    expect(setup(sample('setup-create')).extrinsics).toEqual([
      { name: 'UniqueName', value: 'rfenwick' },
      {
        name: 'Limit',
        value: '500.00 ask first',
        content: [
          { name: 'Money', attributes: { currency: 'GBP' }, text: '500.00' },
          { name: 'Email', attributes: { name: 'ask' }, text: 'ask first' },
        ],
      },
      {
        name: 'Route',
        value: 'via north gate',
        content: ['via ', { name: 'Extrinsic', attributes: { name: 'Gate' }, text: 'north' }, ' gate'],
      },
    ]);
  });

  it('keeps names of other namespaces as they are written', () => {
    expect(setup(noted).extrinsics?.[1]?.content).toEqual([
      { name: 'Money', attributes: { currency: 'GBP' }, text: '500.00' },
      {
        name: 'x:Note',
        attributes: { 'xmlns:x': 'urn:x', 'x:kind': 'soft' },
        text: 'ask Ruth',
        children: ['ask ', { name: 'x:Who', attributes: {}, text: 'Ruth' }],
      },
      { name: 'x:Empty', attributes: {}, text: '' },
    ]);
  });

  it('is written as it was read', () => {
    const document = readDocument(noted);
    expect(readDocument(writeDocument(document.type, document.input, document)).input).toEqual(document.input);
  });

  it('has no white space for content that stands between its elements', () => {
    const spread = noted.replace('<x:Empty/>', '\n  <x:Empty/>\n');
    expect(setup(spread).extrinsics).toEqual(setup(noted).extrinsics);
  });
});
