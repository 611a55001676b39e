import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type DtdContent, filesBelow, parseDtd } from '../../src/dtd.ts';
import { read, refusalOf, withoutPlaces } from './dtds.ts';

const contentOf = (written: string): DtdContent => read(`<!ELEMENT a ${written}>`).dtd.elements[0]!.content;
const attributesOf = (written: string) => read(`<!ELEMENT a EMPTY> <!ATTLIST a ${written}>`).dtd.elements[0]!.attributes;
const one = (name: string, occurs: '1' | '?' | '*' | '+' = '1') => ({ kind: 'element' as const, name, occurs });

describe('the content of an element', () => {
  it.each<[string, DtdContent]>([
    ['EMPTY', { kind: 'empty' }],
    ['ANY', { kind: 'any' }],
    ['(#PCDATA)', { kind: 'text' }],
    ['( #PCDATA )*', { kind: 'text' }],
    ['(#PCDATA | b|c )*', { kind: 'mixed', names: ['b', 'c'] }],
    ['(b)', { kind: 'children', group: { kind: 'sequence', parts: [one('b')], occurs: '1' } }],
    [
      '(b?, c+ ,\n d*)+',
      { kind: 'children', group: { kind: 'sequence', parts: [one('b', '?'), one('c', '+'), one('d', '*')], occurs: '+' } },
    ],
    [
      '(b, (c | (d, e?)*)?)',
      {
        kind: 'children',
        group: {
          kind: 'sequence',
          parts: [
            one('b'),
            { kind: 'choice', parts: [one('c'), { kind: 'sequence', parts: [one('d'), one('e', '?')], occurs: '*' }], occurs: '?' },
          ],
          occurs: '1',
        },
      },
    ],
  ])('is read: %s', (written, content) => {
    expect(contentOf(written)).toEqual(content);
  });
});

describe('an attribute', () => {
  it.each([
    ['n CDATA #REQUIRED', { name: 'n', type: { kind: 'CDATA' }, presence: { kind: 'required' } }],
    ['n ID #IMPLIED', { name: 'n', type: { kind: 'ID' }, presence: { kind: 'implied' } }],
    ['n CDATA #FIXED "3.0"', { name: 'n', type: { kind: 'CDATA' }, presence: { kind: 'fixed', value: '3.0' } }],
    ["n ( C|P ) 'C'", { name: 'n', type: { kind: 'enumeration', words: ['C', 'P'] }, presence: { kind: 'default', value: 'C' } }],
    ['n NMTOKENS " 1\n 2 "', { name: 'n', type: { kind: 'NMTOKENS' }, presence: { kind: 'default', value: '1 2' } }],
    ['n CDATA " a\n&lt;&#10;&#x26;%b "', { name: 'n', type: { kind: 'CDATA' }, presence: { kind: 'default', value: ' a <\n&%b ' } }],
  ])('is read: %s', (written, attribute) => {
    expect(attributesOf(written)).toEqual([attribute]);
  });

  it('may have its element declared behind it, and more lists than one', () => {
    const { dtd, notes } = read('<!ATTLIST a n CDATA #IMPLIED> <!ELEMENT a ANY> <!ATTLIST a m CDATA #IMPLIED>');
    expect(dtd.elements[0]!.attributes.map(({ name }) => name)).toEqual(['n', 'm']);
    expect(notes).toEqual([]);
  });
});

describe('an entity that stands for text', () => {
  it('is told with all that it refers to', () => {
    const { dtd, notes } = read('<!ENTITY a "&b; &amp; &#38;lt; &#37;"><!ENTITY b "x&#38;y;"><!ENTITY y "z">');
    expect(dtd.entities).toEqual([
      { name: 'a', text: 'xz & < %' },
      { name: 'b', text: 'xz' },
      { name: 'y', text: 'z' },
    ]);
    expect(notes).toEqual([]);
  });

  it('has its place in the default values of attributes', () => {
    expect(read('<!ENTITY e "x\n&#38;lt;"><!ELEMENT a ANY><!ATTLIST a n CDATA "[&e;]">').dtd.elements[0]!.attributes[0]!.presence).toEqual({
      kind: 'default',
      value: '[x <]',
    });
  });
});

describe('parameter entities', () => {
  const expected = withoutPlaces(
    read('<!ELEMENT a (b, (c | d)?)><!ATTLIST a yes (0 | 1) "0"><!ELEMENT b EMPTY><!ELEMENT c EMPTY><!ELEMENT d EMPTY>').dtd,
  );
  const leaves = '<!ELEMENT b EMPTY><!ELEMENT c EMPTY><!ELEMENT d EMPTY>';

  it.each([
    ['in a content model', `<!ENTITY % list "b, (c|d)?"><!ELEMENT a (%list;)><!ATTLIST a yes (0|1) "0">${leaves}`],
    ['inside one another', `<!ENTITY % two "c|d"><!ENTITY % list "b, (%two;)?"><!ELEMENT a (%list;)><!ATTLIST a yes (0|1) "0">${leaves}`],
    ['as a whole content', `<!ENTITY % all "(b, (c|d)?)"><!ELEMENT a %all;><!ATTLIST a yes (0|1) "0">${leaves}`],
    ['in a list of attributes', `<!ELEMENT a (b,(c|d)?)><!ENTITY % flag "(0|1) '0'"><!ATTLIST a yes %flag;>${leaves}`],
    ['as attributes', `<!ELEMENT a (b,(c|d)?)><!ENTITY % all "yes (0|1) '0'"><!ATTLIST a%all;>${leaves}`],
    ['as declarations', `<!ENTITY % more "<!ELEMENT a (b,(c|d)?)><!ATTLIST a yes (0|1) '0'>">%more;${leaves}`],
    ['that are made by others', `<!ENTITY % x "&#60;!ELEMENT a (b,(c|d)?)>"><!ENTITY % y "%x;<!ATTLIST a yes (0|1) '0'>"> %y; ${leaves}`],
    ['as a name', `<!ENTITY % name "a"><!ELEMENT %name; (b,(c|d)?)><!ATTLIST %name; yes (0|1) "0">${leaves}`],
  ])('are replaced by what they stand for: %s', (_where, text) => {
    expect(withoutPlaces(read(text).dtd)).toEqual(expected);
  });

  it('can be declared in front of a module to change it, since the first declaration counts', () => {
    const { dtd, notes } = read('<!ENTITY % NCStatus "(X)"><!ENTITY % Common SYSTEM "Common.mod">%Common;', {
      'Common.mod': '<!ENTITY % NCStatus "(C | S)">\n<!ELEMENT a EMPTY><!ATTLIST a s %NCStatus; #REQUIRED>',
    });
    expect(dtd.elements[0]!.attributes[0]!.type).toEqual({ kind: 'enumeration', words: ['X'] });
    expect(notes).toEqual([{ at: 'Common.mod:1:1', message: '%NCStatus; is declared already; the first declaration counts.' }]);
  });
});

describe('a module', () => {
  it('is read where its entity is referred to, from beside the file that declares it', () => {
    const { dtd } = read('<!ENTITY % all SYSTEM "mods/all.mod">%all;<!ELEMENT a (b)>', {
      'mods/all.mod': '<?xml version="1.0" encoding="UTF-8"?>\n<!ENTITY % b PUBLIC "-//b" "../common/./b.mod">%b;',
      'common/b.mod': '\r\n<!ELEMENT b\r (#PCDATA)>',
    });
    expect(dtd.elements.map(({ name, at }) => [name, at])).toEqual([
      ['b', 'common/b.mod:2:1'],
      ['a', 'Order.dtd:1:43'],
    ]);
  });

  it('can be the value of an entity', () => {
    expect(read('<!ENTITY % f SYSTEM "f.txt"><!ENTITY e "[%f;]">', { 'f.txt': '<?xml encoding="UTF-8"?>x' }).dtd.entities).toEqual([
      { name: 'e', text: '[x]' },
    ]);
  });

  it.each([
    ['http://example.org/NCCommon.mod', 'WB_XML_DTD_ADDRESS'],
    ['file:///etc/hostname', 'WB_XML_DTD_ADDRESS'],
    ['C:\\dtd\\NCCommon.mod', 'WB_XML_DTD_ADDRESS'],
    ['/etc/hostname', 'WB_XML_DTD_ADDRESS'],
    ['//host/share', 'WB_XML_DTD_ADDRESS'],
    ['..', 'WB_XML_DTD_ADDRESS'],
    ['../NCCommon.mod', 'WB_XML_DTD_ADDRESS'],
    ['a/../../NCCommon.mod', 'WB_XML_DTD_ADDRESS'],
    ['a.mod?x', 'WB_XML_DTD_ADDRESS'],
    ['', 'WB_XML_DTD_ADDRESS'],
    ['missing.mod', 'WB_XML_DTD_NO_FILE'],
  ])('is refused, and not asked for elsewhere: %s', (address, code) => {
    const asked: string[] = [];
    const load = (path: string): undefined => void asked.push(path);
    expect(refusalOf(() => read(`\n <!ENTITY % x SYSTEM "${address}">%x;`, {}, { load }))).toMatchObject({ code, at: 'Order.dtd:2:2' });
    expect(asked).toEqual(code === 'WB_XML_DTD_NO_FILE' ? ['missing.mod'] : []);
  });

  it('is not asked for when nothing refers to it', () => {
    expect(read('<!ENTITY % x SYSTEM "http://example.org/x.mod"><!ELEMENT a ANY>').dtd.elements).toHaveLength(1);
  });
});

describe('the files below a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-dtd-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'dtd/common'), { recursive: true });
  writeFileSync(join(folder, 'dtd/common/NCCommon.mod'), '<!ELEMENT a ANY>');
  writeFileSync(join(folder, 'outside.mod'), '<!ELEMENT a ANY>');
  symlinkSync(join(folder, 'outside.mod'), join(folder, 'dtd/link.mod'));
  const load = filesBelow(join(folder, 'dtd'));
  const reading = (address: string) => () => parseDtd(`<!ENTITY % x SYSTEM "${address}">%x;`, { load });

  it('are modules', () => {
    expect(reading('common/NCCommon.mod')().dtd.elements).toHaveLength(1);
  });

  it('are nothing else: no folder, no file that is not there, none behind a link', () => {
    expect(refusalOf(reading('common')).code).toBe('WB_XML_DTD_NO_FILE');
    expect(refusalOf(reading('NCCommon.mod')).code).toBe('WB_XML_DTD_NO_FILE');
    expect(refusalOf(reading('link.mod'))).toMatchObject({ code: 'WB_XML_DTD_ADDRESS', at: 'the.dtd:1:1' });
  });
});

describe('a conditional section', () => {
  it('is read or not, as its word or entity says', () => {
    const text = `<!ENTITY % NCx "INCLUDE"><!ENTITY % NCy "IGNORE">
      <![%NCx;[<!ELEMENT a ANY><![INCLUDE [<!ELEMENT b ANY>]]><![ %NCy; [<!ELEMENT c ANY]]>]]>
      <![IGNORE[ <![INCLUDE[ it's "no matter <what> ]]> ]]><!ELEMENT d ANY>`;
    expect(read(text).dtd.elements.map(({ name }) => name)).toEqual(['a', 'b', 'd']);
  });
});

describe('the encoding of a DTD', () => {
  const text = '<!ELEMENT Häuser ANY>';
  const nameIn = (body: Uint8Array): string => parseDtd(body).dtd.elements[0]!.name;

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-8, declared', Buffer.from(`<?xml version='1.0' encoding='utf-8' ?>${text}`)],
    ['ISO 8859-1, declared', Buffer.from(`<?xml encoding="ISO-8859-1"?>${text}`, 'latin1')],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 with its mark, the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('may be %s', (_name, body) => {
    expect(nameIn(body)).toBe('Häuser');
  });

  it.each([
    ['Latin-1 that is not declared', Buffer.from(text, 'latin1')],
    ['one that is not read', Buffer.from(`<?xml encoding="EBCDIC-CP-US"?>${text}`)],
  ])('is refused: %s', (_name, body) => {
    expect(refusalOf(() => nameIn(body))).toMatchObject({ code: 'WB_XML_DTD_ENCODING', at: 'the.dtd:1:1' });
  });
});

describe('what has no meaning for a message', () => {
  it.each([
    ['<!NOTATION gif SYSTEM "viewer">', 'Order.dtd:1:1', 'The notation gif has no meaning here.'],
    ['<!NOTATION gif PUBLIC "-//gif">', 'Order.dtd:1:1', 'The notation gif has no meaning here.'],
    ['<?editor tabs=2?>', 'Order.dtd:1:1', 'The instruction editor … has no meaning here.'],
    ['<!ENTITY e SYSTEM "e.xml">', 'Order.dtd:1:1', 'The entity &e; stands for a file, which is never read. It is left out.'],
    ['<!ENTITY e SYSTEM "e.gif" NDATA gif>', 'Order.dtd:1:1', 'The entity &e; stands for a file, which is never read. It is left out.'],
    ['<!ENTITY e "<b/>">', 'Order.dtd:1:1', 'The entity &e; stands for elements. It is left out.'],
    ['<!ENTITY e "&f;">', 'Order.dtd:1:1', 'The entity &e; refers to &f;, which is not declared. It is left out.'],
    ['<!ATTLIST a n CDATA #IMPLIED>', 'Order.dtd:1:13', 'a has attributes, but is not declared. They are left out.'],
    ['<!ELEMENT a (b?)>', 'Order.dtd:1:1', 'b, a child of a, is not declared.'],
    ['<!ELEMENT a ANY><!ELEMENT a ANY>', 'Order.dtd:1:17', 'The element a is declared already, with the same content, at Order.dtd:1:1.'],
    [
      '<!ELEMENT a ANY><!ATTLIST a n CDATA "1" n CDATA "2">',
      'Order.dtd:1:41',
      'The attribute n of a is declared already; the first declaration counts.',
    ],
    [
      '<!ELEMENT a ANY><!ATTLIST a n NOTATION (gif) #IMPLIED>',
      'Order.dtd:1:17',
      'a: The attribute n names a notation; it is taken as one that has the names for its words.',
    ],
    [
      '<!ELEMENT b ANY><!ELEMENT a (b?, b)>',
      'Order.dtd:1:17',
      'The content of a allows b in two ways at one place, which XML does not allow.',
    ],
  ])('is noted: %s', (text, at, message) => {
    expect(read(text).notes).toEqual([{ at, message }]);
  });

  it('says nothing of comments', () => {
    expect(read('<!-- <!ELEMENT a ANY> -->')).toEqual({ dtd: { elements: [], entities: [] }, notes: [] });
  });
});
