import { describe, expect, it } from 'vitest';
import { parseDtd } from '../../src/dtd.ts';
import { read, refusalOf } from './dtds.ts';

describe('a DTD that is wrong', () => {
  it.each([
    ['text', '\nELEMENT', '2:1'],
    ['a word that is no declaration', '<!ELEMENTS a ANY>', '1:1'],
    ['a declaration that does not end', '<!ELEMENT a ANY', '1:16'],
    ['a declaration that goes on', '<!ELEMENT a ANY ANY>', '1:17'],
    ['no name', '<!ELEMENT (a)>', '1:11'],
    ['a bad name', '<!ELEMENT 1a ANY>', '1:13'],
    ['no content', '<!ELEMENT a>', '1:12'],
    ['a group that is not closed', '<!ELEMENT a (b, c>', '1:18'],
    ['an empty group', '<!ELEMENT a ()>', '1:14'],
    ['two signs in a group', '<!ELEMENT a (b, c | d)>', '1:19'],
    ['SGML', '<!ELEMENT a - - (b & c)>', '1:13'],
    ['mixed content that does not repeat', '<!ELEMENT a (#PCDATA | b)>', '1:26'],
    ['mixed content that names twice', '<!ELEMENT a (#PCDATA | b | b)*>', '1:29'],
    ['an attribute without type', '<!ATTLIST a n>', '1:14'],
    ['an attribute of an unknown type', '<!ATTLIST a n NUMBER #IMPLIED>', '1:21'],
    ['an attribute without default', '<!ATTLIST a n CDATA>', '1:20'],
    ['an unknown word for a default', '<!ATTLIST a n CDATA #MAYBE>', '1:27'],
    ['a default that is none of the words', '<!ATTLIST a n (x|y) "z">', '1:13'],
    ['a default that is no token', '<!ATTLIST a n NMTOKEN "a b">', '1:13'],
    ['an ID with a default', '<!ATTLIST a n ID "x">', '1:13'],
    ['a word twice', '<!ATTLIST a n (x|x) "x">', '1:19'],
    ['< in a value', '<!ATTLIST a n CDATA "<">', '1:21'],
    ['a bare ampersand in a value', '<!ATTLIST a n CDATA "a & b">', '1:21'],
    ['an entity in a value before it is declared', '<!ATTLIST a n CDATA "&e;"><!ENTITY e "x">', '1:21'],
    ['an entity that is a file in a value', '<!ENTITY e SYSTEM "e"><!ATTLIST a n CDATA "&e;">', '1:43'],
    ['a value that is not closed', '<!ATTLIST a n CDATA "x>\n', '1:22'],
    ['a bare percent sign in an entity', '<!ENTITY e "50% off">', '1:12'],
    ['a reference to no character', '<!ENTITY e "&#0;">', '1:12'],
    ['an entity that refers to itself', '<!ENTITY e "&f;"><!ENTITY f "&e;">', '1:18'],
    ['a parameter entity that is not declared', '\n %x;', '2:2'],
    ['a parameter entity behind its use', '%x;<!ENTITY % x "">', '1:1'],
    ['a parameter entity that refers to itself', '<!ENTITY % x "&#37;x;">%x;', '1:24'],
    ['a parameter entity that refers to itself in a value', '<!ENTITY % x "&#37;x;"><!ENTITY e "%x;">', '1:35'],
    ['a declaration that begins in an entity', '<!ENTITY % x "<!ELEMENT a">%x; ANY>', '1:28'],
    ['a declaration that ends in an entity', '<!ENTITY % x "ANY>"><!ELEMENT a %x;', '1:21'],
    ['a group that ends in an entity', '<!ENTITY % x "b)"><!ELEMENT a (%x;>', '1:32'],
    ['another thing for &lt;', '<!ENTITY lt "&#62;">', '1:1'],
    ['&lt; declared as a bare sign', '<!ENTITY lt "&#60;">', '1:1'],
    ['a comment with --', '<!-- a -- b -->', '1:10'],
    ['a comment that is not closed', '<!-- a ', '1:1'],
    ['an instruction that is not closed', '<?a ', '1:1'],
    ['an XML declaration in the middle', '\n<?xml version="1.0"?>', '2:1'],
    ['a section that is not closed', '<![INCLUDE[\n<!ELEMENT a ANY>', '1:1'],
    ['an ignored section that is not closed', ' <![IGNORE[ <![IGNORE[ ]]>', '1:2'],
    ['a section that was not begun', ' ]]>', '1:2'],
    ['a section of an unknown word', '<![CDATA[ ]]>', '1:1'],
    ['a public identifier with another sign', '<!ENTITY e PUBLIC "[" "e">', '1:22'],
    ['a control character', '<!ELEMENT a ANY>\n\u0001', '2:1'],
  ])('is refused with its place: %s', (_what, text, place) => {
    expect(refusalOf(() => read(text))).toMatchObject({ code: 'WB_XML_DTD_SYNTAX', at: `Order.dtd:${place}` });
  });

  it('is refused with its place in the module', () => {
    const attempt = () => read('<!ENTITY % x SYSTEM "x.mod">\n%x;', { 'x.mod': '<!ELEMENT a ANY>\n<!ELEMENT b (ä|)>' });
    expect(refusalOf(attempt)).toMatchObject({ code: 'WB_XML_DTD_SYNTAX', at: 'x.mod:2:16' });
  });

  it('is refused where the entity is referred to whose text is wrong, which it names', () => {
    const { at, message } = refusalOf(() => read('<!ENTITY % x "b,,c">\n<!ELEMENT a (%x;)>'));
    expect(at).toBe('Order.dtd:2:14');
    expect(message).toContain('%x;');
  });

  it('is refused when it gives one element two contents, with both places', () => {
    const { code, at, message } = refusalOf(() => read('<!ELEMENT a ANY>\n<!ELEMENT a EMPTY>'));
    expect({ code, at }).toEqual({ code: 'WB_XML_DTD_CONTRADICTION', at: 'Order.dtd:2:1' });
    expect(message).toContain('at Order.dtd:1:1, and at Order.dtd:2:1');
  });
});

describe('a DTD that is too much', () => {
  const tenfold = (sign: string, mark: string) =>
    Array.from({ length: 12 }, (_, n) => `<!ENTITY ${mark}l${n + 1} "${`${sign}l${n};`.repeat(10)}">`).join('\n');

  it.each([
    ['a million laughs', `<!ENTITY l0 "lol">\n${tenfold('&', '')}`],
    ['a million laughs of parameter entities', `<!ENTITY % l0 "lol">\n${tenfold('&#37;', '% ')}\n<!ENTITY e "%l12;">`],
    ['a million laughs as declarations', `<!ENTITY % l0 " ">\n${tenfold('&#37;', '% ')}\n%l12;`],
    ['a million laughs in a value', `<!ENTITY l0 "lol">\n${tenfold('&', '')}<!ATTLIST a n CDATA "&l12;">`],
    ['a text that is too long', `<!-- ${' '.repeat(5_000_000)} -->`],
    ['brackets', `<!ELEMENT a ${'('.repeat(101)}b${')'.repeat(101)}>`],
    ['sections', '<![INCLUDE['.repeat(101) + ']]>'.repeat(101)],
    [
      'entities in a row',
      `<!ENTITY e0 "x">${Array.from({ length: 200 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};">`)
        .reverse()
        .join('')}`,
    ],
  ])('is refused: %s', (_what, text) => {
    expect(refusalOf(() => read(text)).code).toBe('WB_XML_DTD_LIMIT');
  });

  it('is refused by modules that call one another again and again', () => {
    const load = (path: string): string => {
      const next = `${Number.parseInt(path, 10) + 1}.mod`;
      return `<!ENTITY % m${next} SYSTEM "${next}">${`%m${next};`.repeat(3)}`;
    };
    expect(refusalOf(() => parseDtd('<!ENTITY % m SYSTEM "0.mod">%m;', { load })).code).toBe('WB_XML_DTD_LIMIT');
  });

  it('is refused by a content model in which everything may be left out', () => {
    const parts = Array.from({ length: 20_000 }, (_, n) => `n${n}?`).join(',');
    expect(refusalOf(() => read(`\n<!ELEMENT a (${parts})>`))).toMatchObject({ code: 'WB_XML_DTD_LIMIT', at: 'Order.dtd:2:1' });
  });

  it('is not what is merely long', () => {
    const words = Array.from({ length: 100_000 }, (_, n) => `w${n}`).join('|');
    const { elements } = read(`<!ELEMENT a (#PCDATA|${words})*><!ATTLIST a n (${words}) 'w7'>`).dtd;
    expect(elements[0]!.content).toMatchObject({ kind: 'mixed', names: { length: 100_000 } });
  });

  it('may reach its limits and not exceed them', () => {
    const text = '<!ELEMENT a ((b))>';
    expect(read(text, {}, { limits: { characters: text.length, depth: 2 } }).dtd.elements).toHaveLength(1);
    expect(refusalOf(() => read(text, {}, { limits: { characters: text.length - 1 } })).code).toBe('WB_XML_DTD_LIMIT');
    expect(refusalOf(() => read(text, {}, { limits: { depth: 1 } })).code).toBe('WB_XML_DTD_LIMIT');
  });
});
