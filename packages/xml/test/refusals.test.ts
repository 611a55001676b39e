import { describe, expect, it } from 'vitest';
import { parseDtd } from '../src/dtd.ts';
import { parseXml, XmlStream } from '../src/index.ts';
import { readPlain } from '../src/plain/reader.ts';
import { ignore, refusal } from './support/recorder.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const refusalOf = (body: string | Uint8Array) => refusal(() => parseXml(typeof body === 'string' ? bytes(body) : body, ignore));

describe('a document that is not well-formed', () => {
  const documents: readonly [what: string, body: string, at: string][] = [
    ['empty', '', '1:1'],
    ['only white space', ' \n ', '2:1'],
    ['only a prolog', '<?xml version="1.0"?><!-- -->', '1:29'],
    ['no XML', '{"order":1}', '1:11'],
    ['truncated in text', '<a>\n<b>te', 'a/b, 2:5'],
    ['truncated in a tag', '<a>\n<b x="1', 'a, 2:7'],
    ['truncated in a comment', '<a/><!-- c', '1:10'],
    ['truncated in CDATA', '<a><![CDATA[x]]', 'a, 1:15'],
    ['truncated in an end tag', '<a><b></b></a', 'a, 1:13'],
    ['truncated in the DOCTYPE', '<!DOCTYPE a SYSTEM "x', '1:21'],
    ['two roots', '<a/><b/>', '1:7'],
    ['text before the root', 'x<a/>', '1:2'],
    ['text behind the root', '<a/>x', '1:5'],
    ['CDATA behind the root', '<a/><![CDATA[]]>', '1:13'],
    ['a reference outside the root', '<a/>&#32;', '1:5'],
    ['tags that do not match', '<a>\n<b>\n</a>', 'a/b, 3:4'],
    ['an end tag too many', '<a></a></a>', '1:11'],
    ['duplicate attributes', '<a><b x="1" y="2" x="3"/></a>', 'a, 1:25'],
    ['attributes without space', '<a x="1"y="2"/>', '1:9'],
    ['an attribute without value', '<a x/>', '1:5'],
    ['an attribute without quotes', '<a x=1/>', '1:6'],
    ['< in an attribute', '<a x="<"/>', '1:7'],
    ['an unknown entity', '<a>&nbsp;</a>', 'a, 1:9'],
    ['an unknown entity in an attribute', '<a x="&nbsp;"/>', '1:12'],
    ['a bare &', '<a>a & b</a>', 'a, 1:6'],
    ['a bare & in a name', '<a>\n<b>AT&T</b>\n<c>x;y</c></a>', 'a/b, 2:6'],
    ['a bare & at the end of a line', '<a>\n<b>Harbour &\nPine;</b></a>', 'a/b, 2:12'],
    ['a bare & in an attribute', '<a>\n<b x="R&D"\n/></a>', 'a, 2:8'],
    ['a reference to NUL', '<a>&#0;</a>', 'a, 1:7'],
    ['a reference to half a pair', '<a>&#xD800;</a>', 'a, 1:11'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>', 'a, 1:13'],
    ['NUL', '<a>\0</a>', 'a, 1:4'],
    ['a control character', '<a x="\x1b"/>', '1:7'],
    ['U+FFFE', '<a>\ufffe</a>', 'a, 1:4'],
    [']]> in text', '<a>x]]>y</a>', 'a, 1:7'],
    ['-- in a comment', '<a><!-- x -- y --></a>', 'a, 1:13'],
    ['an XML declaration that is not first', ' <?xml version="1.0"?><a/>', '1:7'],
    ['a second XML declaration', '<a><?xml version="1.0"?></a>', 'a, 1:9'],
    ['an instruction named XML', '<a><?XML x?></a>', 'a, 1:12'],
    ['an instruction without a blank behind its name', '<a><?p?x?></a>', 'a, 1:7'],
    ['an instruction without name', '<a><? x?></a>', 'a, 1:6'],
    ['a bad name', '<1a/>', '1:2'],
    ['a second DOCTYPE', '<!DOCTYPE a><!DOCTYPE a><a/>', '1:21'],
    ['a DOCTYPE behind the root', '<a/><!DOCTYPE a>', '1:13'],
    ['a DOCTYPE without name', '<!DOCTYPE><a/>', '1:10'],
    ['a DOCTYPE without system identifier', '<!DOCTYPE a SYSTEM><a/>', '1:19'],
    ['a DOCTYPE with a bad name', '<!DOCTYPE /a SYSTEM "a"><a/>', '1:24'],
    ['a DOCTYPE with a name too many', '<!DOCTYPE a b><a/>', '1:14'],
    ['a DOCTYPE with a bad public identifier', '<!DOCTYPE a PUBLIC "{" "a"><a/>', '1:27'],
  ];

  it.each(documents)('is refused with its place: %s', (_what, body, at) => {
    expect(refusalOf(body)).toMatchObject({ code: 'WB_XML_NOT_WELL_FORMED', at, kind: 'unreadable' });
  });

  it('is refused when it is text with half a surrogate pair', () => {
    expect(refusal(() => parseXml('<a>\ud83d</a>', ignore)).code).toBe('WB_XML_NOT_WELL_FORMED');
    expect(refusal(() => parseXml('<a/>\ud83d', ignore)).code).toBe('WB_XML_NOT_WELL_FORMED');
  });
});

/** The refusals of one document as bytes, as text, and as a stream of single bytes. */
function refusalsOf(body: string): readonly unknown[] {
  const byteByByte = (): void => {
    const stream = new XmlStream(ignore);
    for (const byte of bytes(body)) stream.write(Uint8Array.of(byte));
    stream.end();
  };
  const attempts = [() => parseXml(bytes(body), ignore), () => parseXml(body, ignore), byteByByte];
  return attempts.map((attempt) => {
    const { code, at } = refusal(attempt);
    return { code, at };
  });
}

describe('an instruction whose target ends with a question mark', () => {
  it.each([
    ['in front of the root', '<?p?x?><a/>', '1:4'],
    ['behind an XML declaration and a DOCTYPE', '<?xml version="1.0"?><!DOCTYPE a SYSTEM "a"><?p?x?><a/>', '1:48'],
    ['in an element', '<a><?p?x?></a>', 'a, 1:7'],
    ['behind the root', '<a/><?p?x?>', '1:8'],
    ['with another one', '<a/><?p??>', '1:8'],
  ])('is refused %s, in whatever form the document comes', (_where, body, at) => {
    const code = 'WB_XML_NOT_WELL_FORMED';
    const [whole, text, cut] = refusalsOf(body);
    expect([whole, text, cut]).toEqual([
      { code, at },
      { code, at },
      { code, at },
    ]);
    expect(readPlain(body, ignore)).toBe(false);
  });

  it('is refused in a DTD', () => {
    expect(() => parseDtd('<?p?x?>')).toThrow(expect.objectContaining({ code: 'WB_XML_DTD_SYNTAX', at: 'the.dtd:1:1' }));
    expect(parseDtd('<?p ?x?><?p?>').notes).toHaveLength(2);
  });
});

describe('a bare ampersand', () => {
  const code = 'WB_XML_NOT_WELL_FORMED';

  it('is told at its line, however much stands behind it and however it comes', () => {
    const body = `<a>\n<b>AT&T</b>\n${'<c>x;y</c>\n'.repeat(5000)}</a>`;
    const at = { code, at: 'a/b, 2:6' };
    // In single bytes, the T has been read when it turns out that it belongs to no reference.
    expect(refusalsOf(body)).toEqual([at, at, { code, at: 'a/b, 2:7' }]);
  });

  it('is told at its line behind many others', () => {
    const body = `<a>\n${'<c>x;y</c>\n'.repeat(5000)}<b>Harbour & Pine</b></a>`;
    expect(refusalsOf(body)).toEqual(Array.from({ length: 3 }, () => ({ code, at: 'a/b, 5002:12' })));
  });
});

describe('an internal subset', () => {
  const bomb = `<!DOCTYPE a [
    <!ENTITY l0 "lol">
    ${Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('\n')}
  ]><a>&l9;</a>`;

  it.each([
    ['an entity bomb', bomb],
    ['an external entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'],
    ['an external parameter entity', '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://127.0.0.1/e.dtd">%e;]><a/>'],
    ['beside a DTD', '<!DOCTYPE a SYSTEM "a.dtd" [<!ELEMENT a ANY>]><a/>'],
    ['empty', '<!DOCTYPE a []><a/>'],
  ])('is refused: %s', (_what, body) => {
    expect(refusalOf(body).code).toBe('WB_XML_INTERNAL_SUBSET');
  });
});

describe('another encoding than UTF-8', () => {
  const wide = (text: string, order: 'le' | 'be'): Uint8Array => {
    const little = Buffer.from(text, 'utf16le');
    return order === 'le' ? little : little.swap16();
  };

  it.each([
    ['declared', bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a/>')],
    ['declared, and used', Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>\xfc</a>', 'latin1')],
    ['UTF-16 with its mark', wide('\ufeff<a/>', 'le')],
    ['UTF-16 with its mark, the other way round', wide('\ufeff<a/>', 'be')],
    ['UTF-16 without mark', wide('<a/>', 'le')],
    ['UTF-16 without mark, the other way round', wide('<a/>', 'be')],
    ['UTF-32', Uint8Array.of(0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c)],
    ['declared as UTF-16 without being it', bytes('<?xml version="1.0" encoding="UTF-16"?><a/>')],
  ])('is refused: %s', (_what, body) => {
    expect(refusalOf(body).code).toBe('WB_XML_ENCODING');
  });

  it('is refused in text as well, so that one document has one fate', () => {
    const attempt = (): void => parseXml('<?xml version="1.0" encoding="ISO-8859-1"?><a/>', ignore);
    expect(refusal(attempt).code).toBe('WB_XML_ENCODING');
  });
});

describe('bytes that are not UTF-8', () => {
  const around = (...wrong: readonly number[]): Uint8Array =>
    Buffer.concat([bytes('<a>ü\n<b>x'), Uint8Array.from(wrong), bytes('</b></a>')]);

  it.each([
    ['a lone continuation', [0x80]],
    ['Latin-1', [0xfc]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['a cut sequence', [0xe2, 0x82]],
    ['a byte that never occurs', [0xff]],
  ])('are refused where they stand: %s', (_what, wrong) => {
    expect(refusalOf(around(...wrong))).toMatchObject({ code: 'WB_XML_INVALID_UTF8', at: 'a/b, 2:4' });
  });

  it('are refused at the end of the document, too', () => {
    expect(refusalOf(Buffer.concat([bytes('<a/>'), Uint8Array.of(0xe2, 0x82)])).code).toBe('WB_XML_INVALID_UTF8');
  });

  it('do not hide an earlier fault', () => {
    expect(refusalOf(Buffer.concat([bytes('<a></b>'), Uint8Array.of(0xff)])).code).toBe('WB_XML_NOT_WELL_FORMED');
  });
});

describe('another version of XML', () => {
  it.each(['1.1', '1.2', '2.0'])('is refused: %s', (version) => {
    expect(refusalOf(`<?xml version="${version}"?><a/>`).code).toMatch(/^WB_XML_(VERSION|NOT_WELL_FORMED)$/);
  });
});

describe('an error', () => {
  it('names elements of any length in a few words', () => {
    const name = 'n'.repeat(50_000);
    const { at } = refusalOf(`<${name}>&x;</${name}>`);
    expect(at!.length).toBeLessThan(100);
  });

  it('carries no text of the document', () => {
    const { message } = refusal(() => parseXml('<a><Password>kestrel &secret4410; </Password></a>', ignore));
    expect(message).not.toMatch(/kestrel|4410/);
  });
});
