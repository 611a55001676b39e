import { type Conversion, ignored, mapping, type TreeContent } from '@waybill/mapping';
import { decimalText, Problem, text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { dtdOf, printDtd } from '../../src/dtd.ts';
import { defineXmlMessage } from '../../src/index.ts';
import { SecondJudge } from '../support/second-judge.ts';

interface Remark {
  text: string;
  language?: string;
  files?: string[];
}
interface Field {
  name: string;
  value: string;
  content?: readonly TreeContent[];
}
interface Letter {
  language?: string;
  remarks: Remark[];
  fields?: Field[];
  price?: string;
  sizes?: string[];
}

const l = mapping<Letter>();
const r = mapping<Remark>();
const f = mapping<Field>();
const m = mapping<{ amount: string; currency: string }>();
const s = mapping<{ width: string; height?: string }>();

const asText: Conversion<{ amount: string; currency: string }, string> = {
  read: ({ amount, currency }) => (currency === 'none' ? new Problem('has no currency') : `${amount} ${currency}`),
  write: (price) => {
    const [amount = '', currency = ''] = price.split(' ');
    return currency === '' ? new Problem('is no price') : { amount, currency };
  },
};
const asSize: Conversion<{ width: string; height?: string }, string> = {
  read: ({ width, height }) => (width === '' ? undefined : [width, height].filter((each) => each !== undefined).join('x')),
  write: (size) => ({ width: size.split('x')[0] ?? '', height: size.split('x')[1] ?? '' }),
};

const letter = defineXmlMessage<Letter>({
  root: () =>
    l.group('Letter', [
      l.leaf('@lang?', 'language', text()),
      l.vector('Remark+', 'remarks', [
        r.leaf('@lang?', 'language', text(), { inherits: 'language' }),
        r.leaf('.', 'text', text({ trim: true })),
        r.list('File*', 'files', text()),
      ]),
      l.vector('Field*', 'fields', [f.leaf('@name', 'name', text()), f.tree('content', 'value')]),
      l.turned('Price?', 'price', asText, [
        m.leaf('@currency', 'currency', text()),
        ignored('@lang', { inherits: 'language', writes: 'en' }),
        m.leaf('.', 'amount', decimalText()),
      ]),
      l.turnedList('Size*', 'sizes', asSize, [s.leaf('Width', 'width', text()), s.leaf('Height?', 'height', text())]),
    ]),
});

const full: Letter = {
  language: 'de',
  remarks: [{ text: 'See drawing', language: 'en', files: ['a.pdf', 'b.pdf'] }],
  fields: [
    { name: 'plain', value: 'a < b' },
    { name: 'deep', value: 'via north gate', content: ['via ', { name: 'File', attributes: {}, text: 'north' }, ' gate'] },
  ],
  price: '12.50 EUR',
  sizes: ['2x3', '4x'],
};

describe('an element that mixes text and elements', () => {
  it('is read whatever stands first', () => {
    const written = '<Letter><Remark> See <File>a.pdf</File> drawing <File>b.pdf</File></Remark></Letter>';
    expect(letter.read(written)).toEqual({ remarks: [{ text: 'See  drawing', files: ['a.pdf', 'b.pdf'] }] });
  });

  it('has no other elements', () => {
    const written = '<Letter><Remark>See <Colour>red</Colour></Remark></Letter>';
    expect(() => letter.read(written)).toThrow(
      expect.objectContaining({ code: 'WB_XML_UNEXPECTED_ELEMENT', at: 'Letter/Remark[1]/Colour, 1:21' }),
    );
    const { value, surplus } = letter.readWithSurplus(written);
    expect(value).toEqual({ remarks: [{ text: 'See' }] });
    expect(surplus).toEqual({ 'Letter/Remark/Colour': 'red' });
  });
});

describe('an element of which nothing is known', () => {
  const read = (inside: string) => letter.read(`<Letter><Remark/><Field name="x">${inside}</Field></Letter>`).fields?.[0];

  it('is a text where it has nothing else', () => {
    expect(read(' a &lt; <![CDATA[b]]> ')).toEqual({ name: 'x', value: 'a < b' });
    expect(read('')).toEqual({ name: 'x', value: '' });
  });

  it('is a tree where it has elements, white space between them left out', () => {
    expect(read('\n  <p:A k="1">one</p:A>\n  <B><C/>two</B>\n')).toEqual({
      name: 'x',
      value: 'one two',
      content: [
        { name: 'p:A', attributes: { k: '1' }, text: 'one' },
        { name: 'B', attributes: {}, text: 'two', children: [{ name: 'C', attributes: {}, text: '' }, 'two'] },
      ],
    });
  });

  it('is written without a blank more, also where an element comes first', () => {
    const content = [
      { name: 'A', attributes: {}, text: '1' },
      'b',
      { name: 'C', attributes: {}, text: '2e', children: [{ name: 'D', attributes: {}, text: '2' }, 'e'] },
    ];
    const value = { remarks: [{ text: 'x' }], fields: [{ name: 'x', value: '1b2e', content }] };
    expect(letter.write(value)).toContain('<Field name="x"><A>1</A>b<C><D>2</D>e</C></Field>');
    expect(letter.read(letter.write(value))).toEqual(value);
  });

  it('may have elements that are called as those around it', () => {
    expect(read('<Field name="y">z</Field>')).toMatchObject({ value: 'z', content: [{ name: 'Field', attributes: { name: 'y' } }] });
  });

  it('keeps its order where any order is allowed', () => {
    const written = '<Letter><Field name="x">a<B/>c<A/>d</Field><Remark/></Letter>';
    const { value, reordered } = letter.readWithSurplus(written, { anyOrder: true });
    expect(value.fields?.[0]?.value).toBe('acd');
    expect(value.fields?.[0]?.content).toEqual([
      'a',
      { name: 'B', attributes: {}, text: '' },
      'c',
      { name: 'A', attributes: {}, text: '' },
      'd',
    ]);
    expect(reordered).toEqual(['Letter']);
  });

  it.each([
    ['no list', { content: 'x' }],
    ['neither text nor element', { content: [7] }],
    ['an element without a name', { content: [{ text: 'x' }] }],
  ])('is not written from %s', (_what, more) => {
    const field = { name: 'x', value: '', ...more } as unknown as Field;
    expect(() => letter.write({ remarks: [{ text: '' }], fields: [field] })).toThrow(expect.objectContaining({ code: 'WB_XML_BAD_VALUE' }));
  });
});

describe('an element that is another value', () => {
  it('is refused where that cannot be made, in both directions, with its path', () => {
    const written = '<Letter><Remark/><Price currency="none" lang="">1</Price></Letter>';
    expect(() => letter.read(written)).toThrow(expect.objectContaining({ code: 'WB_XML_BAD_VALUE', at: 'Letter/Price, 1:18' }));
    expect(() => letter.write({ remarks: [{ text: '' }], price: '12' })).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', at: expect.stringContaining('Letter') as string }),
    );
    expect(() => letter.write({ remarks: [{ text: '' }], price: 12 as unknown as string })).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE' }),
    );
  });

  it('is as good as absent where it says nothing', () => {
    const size = '<Size><Width/></Size>';
    expect(letter.read(`<Letter><Remark/>${size}</Letter>`)).toEqual({ remarks: [{ text: '' }] });
    expect(letter.read(`<Letter><Remark/>${size}<Size><Width>1</Width></Size>${size}</Letter>`).sizes).toEqual(['1']);
  });
});

describe('an attribute that inherits', () => {
  it('is written from what is further up, and read as it stands', () => {
    const written = letter.write({ language: 'de', remarks: [{ text: 'a' }, { text: 'b', language: 'fr' }], price: '1 EUR' });
    expect(written).toContain('<Remark lang="de">a</Remark>');
    expect(written).toContain('<Remark lang="fr">b</Remark>');
    expect(written).toContain('<Price currency="EUR" lang="de">1</Price>');
    expect(letter.read('<Letter lang="de"><Remark>a</Remark></Letter>').remarks).toEqual([{ text: 'a' }]);
    expect(letter.write({ remarks: [{ text: 'a' }], price: '1 EUR' })).toContain('lang="en"');
  });
});

describe('more than a declaration has places for', () => {
  const written = '<Letter>oh<Remark>a</Remark><Price currency="EUR" lang="">1</Price><Price currency="USD" lang="">2</Price></Letter>';

  it('is taken out and told where that is asked for, and refused elsewhere', () => {
    const { value, surplus } = letter.readWithSurplus(written, { takeOutMore: true });
    expect(value).toEqual({ remarks: [{ text: 'a' }], price: '1 EUR' });
    expect(surplus).toEqual({
      'Letter/text()': 'oh',
      'Letter/Price[2]': '2',
      'Letter/Price[2]@currency': 'USD',
      'Letter/Price[2]@lang': '',
    });
    expect(() => letter.readWithSurplus(written)).toThrow(expect.objectContaining({ code: 'WB_XML_UNEXPECTED_TEXT' }));
    expect(() => letter.readWithSurplus(written.replace('oh', ''))).toThrow(expect.objectContaining({ code: 'WB_XML_TOO_MANY' }));
  });
});

describe('the DTD of such a message', () => {
  const dtd = printDtd(dtdOf(letter.root));

  it('has mixed and ANY content', () => {
    expect(dtd).toContain('<!ELEMENT Remark (#PCDATA | File)*>');
    expect(dtd).toContain('<!ELEMENT Field ANY>');
  });

  it('takes what is written', () => {
    expect(letter.read(letter.write(full))).toEqual({ ...full, sizes: ['2x3', '4x'] });
    expect(new SecondJudge(dtd).faultOf(Buffer.from(letter.write(full), 'utf8'))).toBeUndefined();
  });
});
