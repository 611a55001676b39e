import { describe, expect, it } from 'vitest';
import { type Dtd, type DtdAttribute, type DtdContent, type DtdElement, printDtd } from '../../src/dtd.ts';
import { read, refusalOf, withoutPlaces } from './dtds.ts';

const element = (name: string, content: DtdContent, rest: Partial<DtdElement> = {}): DtdElement => ({
  name,
  content,
  attributes: [],
  ...rest,
});
const print = (...elements: readonly DtdElement[]): string => printDtd({ elements, entities: [] });
const number: DtdAttribute = { name: 'number', type: { kind: 'CDATA' }, presence: { kind: 'required' } };
const flag: DtdAttribute = {
  name: 'flag',
  type: { kind: 'enumeration', words: ['0', '1'] },
  presence: { kind: 'default', value: '0' },
};

describe('a printed DTD', () => {
  it('is one that people can read', () => {
    const { dtd } = read(`
      <!ENTITY % NCControl "ControlArea , (Data|Other)">
      <!ENTITY mark "&#169; 5&#37; &#38;amp; more">
      <!ATTLIST Order number CDATA #REQUIRED  flag (0|1) '0' version CDATA #FIXED "3.0&#34;&lt;&#10;" >
      <!ELEMENT Order (%NCControl;)> <!ELEMENT ControlArea EMPTY> <!ELEMENT Data (#PCDATA)> <!ELEMENT Other (#PCDATA|Data)*>
      <!ELEMENT Wide ((ABeginningOfSomeLength | AMiddleOfSomeLength | AnEndingOfSomeLength)+, AnotherChildOfSomeLength?, YetAnotherChildOfSomeLength*)>`);
    expect(printDtd(dtd)).toBe(`<!ENTITY mark "© 5&#37; &#38;#38; more">
<!ELEMENT Order (ControlArea, (Data | Other))>
<!ATTLIST Order
  number CDATA #REQUIRED
  flag (0 | 1) "0"
  version CDATA #FIXED "3.0&quot;&lt;&#10;">
<!ELEMENT ControlArea EMPTY>
<!ELEMENT Data (#PCDATA)>
<!ELEMENT Other (#PCDATA | Data)*>
<!ELEMENT Wide ((ABeginningOfSomeLength | AMiddleOfSomeLength | AnEndingOfSomeLength)+, AnotherChildOfSomeLength?,
  YetAnotherChildOfSomeLength*)>
`);
  });

  it('is the same for the same model, and gives the model back', () => {
    const { dtd } = read('<!ELEMENT a (b?, (c | d)*)+><!ATTLIST a n NMTOKENS "1 2"><!ELEMENT b ANY>');
    expect(printDtd(dtd)).toBe(printDtd(withoutPlaces(dtd)));
    expect(withoutPlaces(read(printDtd(dtd)).dtd)).toEqual(withoutPlaces(dtd));
  });
});

describe('elements of one name', () => {
  const text: DtdContent = { kind: 'text' };

  it('are merged where they say the same, attributes in any order', () => {
    const twice = print(
      element('a', text, { attributes: [number, flag] }),
      element('b', text),
      element('a', text, { attributes: [flag, number] }),
    );
    expect(twice.match(/<!ELEMENT \w/g)).toEqual(['<!ELEMENT a', '<!ELEMENT b']);
  });

  it.each<[string, Partial<DtdElement>]>([
    ['contents', { content: { kind: 'empty' } }],
    ['attributes', { attributes: [{ ...number, presence: { kind: 'implied' } }] }],
    ['attributes', { attributes: [number, flag] }],
    ['attributes', { attributes: [] }],
  ])('are refused with both places where their %s differ', (what, other) => {
    const one = element('Phone', text, { attributes: [number], at: 'Order/BillTo/Phone' });
    const { code, at, message } = refusalOf(() => print(one, { ...one, ...other, at: 'Order/ShipTo/Phone' }));
    expect({ code, at }).toEqual({ code: 'WB_XML_DTD_CONTRADICTION', at: 'Order/ShipTo/Phone' });
    expect(message).toContain(`different ${what}`);
    expect(message).toContain('at Order/BillTo/Phone, and at Order/ShipTo/Phone');
  });
});

describe('a model that cannot be printed', () => {
  const one = (name: string) => ({ kind: 'element' as const, name, occurs: '1' as const });
  const withAttribute = (attribute: Partial<DtdAttribute>): Dtd => ({
    elements: [element('a', { kind: 'empty' }, { attributes: [{ ...number, ...attribute }] })],
    entities: [],
  });
  const withContent = (content: DtdContent): Dtd => ({ elements: [element('a', content)], entities: [] });

  it.each<[string, Dtd, string]>([
    ['a name that is none', { elements: [element('1a', { kind: 'text' })], entities: [] }, 'WB_XML_UNWRITABLE'],
    ['a child whose name is none', withContent({ kind: 'mixed', names: ['b c'] }), 'WB_XML_UNWRITABLE'],
    ['an attribute whose name is none', withAttribute({ name: 'n"' }), 'WB_XML_UNWRITABLE'],
    ['a word that is none', withAttribute({ type: { kind: 'enumeration', words: ['a b'] } }), 'WB_XML_UNWRITABLE'],
    ['a control character', withAttribute({ presence: { kind: 'default', value: '\u0001' } }), 'WB_XML_UNWRITABLE'],
    ['half a pair in an entity', { elements: [], entities: [{ name: 'e', text: '\ud800' }] }, 'WB_XML_UNWRITABLE'],
    ['a default that is none of the words', withAttribute({ ...flag, presence: { kind: 'default', value: '2' } }), 'WB_XML_DTD_SYNTAX'],
    [
      'an attribute twice',
      { elements: [element('a', { kind: 'empty' }, { attributes: [number, number] })], entities: [] },
      'WB_XML_DTD_CONTRADICTION',
    ],
    [
      'an ambiguous content',
      withContent({
        kind: 'children',
        group: { kind: 'choice', parts: [one('b'), { kind: 'sequence', parts: [one('b'), one('c')], occurs: '1' }], occurs: '1' },
      }),
      'WB_XML_DTD_AMBIGUOUS',
    ],
    [
      'a content that is ambiguous when it repeats',
      withContent({
        kind: 'children',
        group: { kind: 'sequence', parts: [one('b'), { ...one('c'), occurs: '?' }, { ...one('b'), occurs: '?' }], occurs: '*' },
      }),
      'WB_XML_DTD_AMBIGUOUS',
    ],
  ])('is refused: %s', (_what, dtd, code) => {
    expect(refusalOf(() => printDtd(dtd)).code).toBe(code);
  });

  it('is a mistake of whoever made it: a group without parts', () => {
    expect(() => printDtd(withContent({ kind: 'children', group: { kind: 'sequence', parts: [], occurs: '1' } }))).toThrow(TypeError);
  });
});
