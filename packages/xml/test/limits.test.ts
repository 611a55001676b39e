import { describe, expect, it } from 'vitest';
import { defaultLimits, parseXml, type XmlLimits, XmlStream } from '../src/index.ts';
import { ignore, refusal, treeOfBytes } from './support/recorder.ts';

const encoder = new TextEncoder();
const refusalOf = (text: string, limits?: Partial<XmlLimits>) => refusal(() => treeOfBytes(text, limits));

/** Writes pieces made by `make` until the stream refuses them; tells the error and how many bytes it took. */
function pourUntilRefused(make: (piece: number) => string, limits?: Partial<XmlLimits>) {
  const stream = new XmlStream(ignore, { limits });
  let poured = 0;
  const { code } = refusal(() => {
    for (let piece = 0; poured < 200_000_000; piece++) {
      const bytes = encoder.encode(make(piece));
      poured += bytes.length;
      stream.write(bytes);
    }
  });
  return { code, poured };
}

describe('the size of a document', () => {
  it('may reach the limit and not exceed it, counted in bytes', () => {
    expect(treeOfBytes('<a>ü</a>', { bytes: 9 }).name).toBe('a');
    expect(refusalOf('<a>ü</a>', { bytes: 8 })).toMatchObject({ code: 'WB_XML_TOO_LARGE', at: '1:1' });
    expect(refusal(() => parseXml('<a>ü</a>', ignore, { limits: { bytes: 8 } })).code).toBe('WB_XML_TOO_LARGE');
  });

  it('is checked before anything of 50 MB is read', () => {
    const seen: string[] = [];
    const attempt = (): void => parseXml(new Uint8Array(50_000_000).fill(0x20), { ...ignore, startElement: (name) => seen.push(name) });
    expect(refusal(attempt).code).toBe('WB_XML_TOO_LARGE');
    expect(seen).toEqual([]);
  });

  it('is checked as it grows where it is not known beforehand', () => {
    const { code, poured } = pourUntilRefused((piece) => (piece === 0 ? '<a>' : '<b>some text</b>'.repeat(1000)));
    expect(code).toBe('WB_XML_TOO_LARGE');
    expect(poured).toBeLessThan(defaultLimits.bytes + 20_000);
  });

  it('can be told to a stream beforehand', () => {
    expect(refusal(() => new XmlStream(ignore).expect(50_000_000)).code).toBe('WB_XML_TOO_LARGE');
  });
});

describe('the depth of a document', () => {
  const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

  it('may reach the limit and not exceed it', () => {
    expect(treeOfBytes(nested(100)).name).toBe('a');
    expect(refusalOf(nested(101)).code).toBe('WB_XML_TOO_DEEP');
    expect(refusalOf('<a><b><c/></b></a>', { depth: 2 })).toMatchObject({ code: 'WB_XML_TOO_DEEP', at: 'a/b, 1:10' });
  });

  it('is refused at once when it is 100,000', () => {
    let opened = 0;
    const attempt = (): void => parseXml(encoder.encode(nested(100_000)), { ...ignore, startElement: () => opened++ });
    expect(refusal(attempt).code).toBe('WB_XML_TOO_DEEP');
    expect(opened).toBe(100);
  });

  it('overflows no stack when the limit is switched off', () => {
    let closed = 0;
    parseXml(encoder.encode(nested(100_000)), { ...ignore, endElement: () => closed++ }, { limits: { depth: Number.POSITIVE_INFINITY } });
    expect(closed).toBe(100_000);
  });
});

describe('the number of elements', () => {
  it('may reach the limit and not exceed it', () => {
    expect(treeOfBytes('<a><b/><b/></a>', { elements: 3 }).name).toBe('a');
    expect(refusalOf('<a><b/><b/></a>', { elements: 2 })).toMatchObject({ code: 'WB_XML_TOO_MANY_ELEMENTS', at: 'a, 1:11' });
  });
});

describe('the attributes of an element', () => {
  const withAttributes = (count: number): string => `<a ${Array.from({ length: count }, (_, n) => `x${n}="1"`).join(' ')}/>`;

  it('may reach the limit and not exceed it', () => {
    expect(Object.keys(treeOfBytes(withAttributes(100)).attributes)).toHaveLength(100);
    expect(refusalOf(withAttributes(101)).code).toBe('WB_XML_TOO_MANY_ATTRIBUTES');
  });

  it('are counted for each element anew', () => {
    expect(treeOfBytes('<a x="1" y="1"><b x="1" y="1"/><b x="1" y="1"/></a>', { attributes: 2 }).name).toBe('a');
  });

  it('may each be as long as the limit and no longer', () => {
    expect(treeOfBytes('<a x="1234"/>', { attributeLength: 4 }).attributes).toEqual({ x: '1234' });
    expect(refusalOf('<a x="12345"/>', { attributeLength: 4 }).code).toBe('WB_XML_ATTRIBUTE_TOO_LONG');
  });
});

describe('the text of an element', () => {
  it('may be as long as the limit and no longer', () => {
    expect(treeOfBytes('<a>1234</a>', { textLength: 4 }).content).toEqual(['1234']);
    expect(refusalOf('<a>12345</a>', { textLength: 4 })).toMatchObject({ code: 'WB_XML_TEXT_TOO_LONG', at: 'a, 1:9' });
  });

  it('is added up over its pieces, CDATA and child elements between them included', () => {
    expect(refusalOf('<a>12<b>123</b><!-- -->3<![CDATA[45]]></a>', { textLength: 4 }).code).toBe('WB_XML_TEXT_TOO_LONG');
  });

  it('is counted as it is meant, not as it is written', () => {
    expect(treeOfBytes(`<a>${'&quot;'.repeat(900_000)}</a>`).content).toEqual(['"'.repeat(900_000)]);
  });

  it('is counted for each element anew', () => {
    expect(treeOfBytes('<a><b>1234</b><b>1234</b></a>', { textLength: 4 }).content).toHaveLength(2);
  });

  it('is not exceeded by the white space between children', () => {
    expect(treeOfBytes(`<a>${'\n  <b/>'.repeat(50)}</a>`, { textLength: 10 }).content).toHaveLength(100);
  });
});

describe('what is never finished', () => {
  const filler = (): string => 'x'.repeat(100_000);
  const endless = (start: string) => (piece: number) => (piece === 0 ? start : filler());
  const limits = { bytes: Number.POSITIVE_INFINITY, textLength: 100_000, attributeLength: 100_000 };

  it.each([
    ['text', '<a>'],
    ['CDATA', '<a><![CDATA['],
    ['a comment', '<a><!--'],
    ['an instruction', '<a><?p '],
    ['an element name', '<a'],
    ['an attribute name', '<a b'],
    ['an attribute value', '<a b="'],
    ['an end tag', '<a></a'],
    ['an entity', '<a>&'],
    ['a DOCTYPE', '<!DOCTYPE a SYSTEM "'],
    ['an internal subset', '<!DOCTYPE a ['],
  ])('is refused while it is collected: %s', (_what, start) => {
    const { code, poured } = pourUntilRefused(endless(start), limits);
    expect(code).toBe('WB_XML_TEXT_TOO_LONG');
    expect(poured).toBeLessThan(1_000_000);
  });

  it('is told from many small things in a row', () => {
    const stream = new XmlStream(ignore, { limits });
    stream.write(encoder.encode('<a>'));
    for (let piece = 0; piece < 50; piece++) stream.write(encoder.encode('<!-- c --><?p i?>'.repeat(5000)));
    stream.write(encoder.encode('</a>'));
    expect(() => stream.end()).not.toThrow();
  });
});
