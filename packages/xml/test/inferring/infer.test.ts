import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DtdPart, inferDtd, printDtd } from '../../src/dtd.ts';
import { refusal } from '../support/recorder.ts';

const infer = (...bodies: readonly string[]) => inferDtd(bodies.map((body, index) => ({ name: `${index}.xml`, body })));
const declarationsOf = (...bodies: readonly string[]): readonly string[] =>
  printDtd(infer(...bodies).dtd)
    .trimEnd()
    .split('\n');
const contentOf = (...rows: readonly string[]): string => {
  const [first = ''] = declarationsOf(...rows.map((row) => `<a>${row.replace(/\w+/g, '<$&/>')}</a>`));
  return first.replace(/^<!ELEMENT a (.*)>$/, '$1');
};

describe('the content of an element', () => {
  it.each([
    ['in one order', ['b c d'], '(b, c, d)'],
    ['one of them missing', ['b c d', 'b d'], '(b, c?, d)'],
    ['all of them missing', ['b c', ''], '(b?, c?)'],
    ['one of them several times', ['b c c d', 'b c d'], '(b, c+, d)'],
    ['one of them several times or not at all', ['b c c', 'b'], '(b, c*)'],
    ['one of two', ['b c', 'b d'], '(b, (c | d))'],
    ['one of two, or none', ['b c', 'b d', 'b'], '(b, (c | d)?)'],
    ['one of two, which repeats', ['c', 'd d'], '(c | d+)'],
    ['either or both', ['b c', 'b', 'c'], '(b?, c?)'],
    ['one of two in one place, but not with the same behind it', ['b x', 'c'], '(b?, x?, c?)'],
    ['in pairs', ['n v n v n v'], '(n, v)+'],
    ['in pairs that may be half', ['n v n n v'], '(n, v?)+'],
    ['in rounds between others', ['h n v w n w n v v w t', 'h t'], '(h, (n, v*, w)*, t)'],
    ['in rounds of one or the other', ['n v n w n v'], '(n, (v | w))+'],
    ['in changing order', ['b c d', 'c b d'], '((b | c)+, d)'],
    ['in changing order, or missing', ['b c', 'c b', ''], '(b | c)*'],
  ])('is what allows the children that were seen: %s', (_what, rows, content) => {
    expect(contentOf(...rows)).toBe(content);
  });

  it.each([
    ['<a/>', '<!ELEMENT a EMPTY>'],
    ['<a> </a>', '<!ELEMENT a (#PCDATA)>'],
    ['<a>x</a>', '<!ELEMENT a (#PCDATA)>'],
    ['<a><![CDATA[x]]></a>', '<!ELEMENT a (#PCDATA)>'],
    ['<a>\n <b/>\n</a>', '<!ELEMENT a (b)>'],
    ['<a>x<b/>\n</a>', '<!ELEMENT a (#PCDATA | b)*>'],
    ['<a>x<b/>y<c/><b/></a>', '<!ELEMENT a (#PCDATA | b | c)*>'],
  ])('is text, elements, both, or nothing: %s', (body, declaration) => {
    expect(declarationsOf(body)[0]).toBe(declaration);
  });

  it('is text where some are empty, and mixed where some have text and others elements', () => {
    expect(declarationsOf('<a/>', '<a>x</a>')).toEqual(['<!ELEMENT a (#PCDATA)>']);
    expect(declarationsOf('<a><b/></a>', '<a>x</a>')[0]).toBe('<!ELEMENT a (#PCDATA | b)*>');
  });

  it('is not looked at for an order where there are hundreds of different children', () => {
    const names = Array.from({ length: 301 }, (_, index) => `n${index}`);
    expect(contentOf(names.join(' '))).toContain('(n0 | n1 |');
    expect(contentOf(names.slice(1).join(' '))).toContain('(n1, n2,');
  });
});

describe('an attribute', () => {
  it('is required where it was always there, and text', () => {
    expect(declarationsOf('<a><b x="1" y="Q"/><b x="2"/></a>').slice(2)).toEqual([
      '<!ATTLIST b',
      '  x CDATA #REQUIRED',
      '  y CDATA #IMPLIED>',
    ]);
  });
});

describe('what a sample cannot say', () => {
  const messagesOf = (...bodies: readonly string[]) => infer(...bodies).notes.slice(1);

  it('is said of every sample', () => {
    expect(infer('<a>x</a>').notes).toEqual([
      { at: 'a', message: 'Samples show what may be there, and neither what else may be, nor how long a text may get, nor what it means.' },
    ]);
  });

  it.each([
    [
      '<a><b/></a>',
      [
        { at: 'a', message: 'Seen once, so that what is in them may be optional or repeat elsewhere: a.' },
        { at: 'a', message: 'Always empty, so that they may hold text or elements elsewhere: b.' },
      ],
    ],
    [
      '<a>x<b>y</b></a>',
      [expect.anything(), { at: 'a', message: 'It holds text beside elements: a DTD then says neither their order nor their number.' }],
    ],
    [
      '<a><b>x</b><c>x</c><b>y</b></a>',
      [expect.anything(), { at: 'a', message: 'b, c come again and again in one order: they are taken for a group that repeats.' }],
    ],
    [
      '<a><b>x</b><c>x</c><d>x</d><b>y</b><d>x</d><c>x</c></a>',
      [expect.anything(), { at: 'a', message: 'b, c, d come in changing order: any order and number of them is allowed.' }],
    ],
    [
      '<a><b>Y</b><b>N</b><b>Y</b><b>N</b></a>',
      [expect.anything(), { at: 'b', message: 'It had 2 values in 4 places: "Y", "N". It may be one of a set.' }],
    ],
    [
      `<a>${'<b c="CAD">x</b>'.repeat(4)}</a>`,
      [
        expect.anything(),
        { at: 'b', message: 'It was "x" in all 4 places: it may be fixed.' },
        { at: 'b@c', message: 'It was "CAD" in all 4 places: it may be fixed.' },
      ],
    ],
    [`<a>${[1, 2, 3, 4].map((n) => `<b>${n}</b>`).join('')}</a>`, [expect.anything()]],
    [`<a>${'<b>so long a text is no word of a set, is it?</b>'.repeat(9)}</a>`, [expect.anything()]],
  ])('is said where it was seen: %s', (body, notes) => {
    expect(messagesOf(body)).toEqual(notes);
  });

  it('is said of samples together', () => {
    expect(messagesOf('<a>x</a>', '<b>x</b>')).toEqual([{ at: 'a', message: 'The samples have other roots than a: b.' }]);
    expect(messagesOf('<a><b>x</b></a>', '<a><c>x</c></a>')).toEqual([
      { at: 'a', message: 'b, c were seen in one place, and never together: they are taken for a choice.' },
    ]);
  });
});

describe('samples', () => {
  it('are all needed: there has to be one, and each has to be well-formed', () => {
    expect(() => infer()).toThrow(TypeError);
    expect(refusal(() => infer('<a/>', '<a>\n<b></a>'))).toMatchObject({ code: 'WB_XML_NOT_WELL_FORMED', at: '1.xml: a/b, 2:7' });
    expect(refusal(() => inferDtd([{ name: 'big.xml', body: '<a/>' }], { limits: { bytes: 3 } })).code).toBe('WB_XML_TOO_LARGE');
  });

  it('are allowed by what is inferred from them', () => {
    const row = fc.array(fc.constantFrom('b', 'c', 'd', 'e', 'f'), { maxLength: 7 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const { content } = infer(...rows.map((names) => `<a>${names.map((name) => `<${name}/>`).join('')}</a>`)).dtd.elements[0]!;
        const group = content.kind === 'children' ? content.group : undefined;
        const allowed = new RegExp(`^${group ? patternOf(group) : ''}$`);
        expect(rows.map((names) => names.join('')).filter((names) => !allowed.test(names))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

function patternOf(part: DtdPart): string {
  const often = part.occurs === '1' ? '' : part.occurs;
  if (part.kind === 'element') return part.name + often;
  return `(?:${part.parts.map(patternOf).join(part.kind === 'choice' ? '|' : '')})${often}`;
}
