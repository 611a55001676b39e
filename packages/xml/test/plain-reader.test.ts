import { describe, expect, it } from 'vitest';
import { loadCases, withoutSubset } from './support/conformance.ts';
import { acceptedFaults } from './support/conformance-exceptions.ts';
import { agrees, plainEvents, strictEvents } from './support/plain-events.ts';
import { sample } from './support/sample.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const cases = await loadCases();

describe('the plain reader and the W3C conformance suite', () => {
  it('tells what the strict reader tells, or gives up', () => {
    const taken = cases.filter(({ body }) => agrees(body)).map(({ type }) => type);
    const count = (type: string): number => taken.filter((one) => one === type).length;
    expect([count('valid'), count('invalid'), count('error'), count('not-wf')]).toEqual([41, 79, 2, 43]);
  });

  it('takes no document that is not well-formed, except those whose fault is no concern of a reader of ours', () => {
    const taken = cases.filter(({ type, body }) => type === 'not-wf' && plainEvents(body) !== undefined);
    const { elsewhere, namespaces } = acceptedFaults;
    const expected = [...elsewhere, ...namespaces.filter((id) => id !== 'rmt-ns10-042')];
    expect(taken.map(({ id }) => id).sort()).toEqual(expected.sort());
  });

  it('tells the same of documents whose internal subset was cut out', () => {
    const cut = cases.flatMap(({ body }) => withoutSubset(body) ?? []);
    expect([cut.filter((body) => agrees(body)).length, cut.length]).toEqual([30, 518]);
  });
});

describe('a plain document', () => {
  const plain = {
    'an element': '<a/>',
    'an element of two tags': '<a></a>',
    'a declaration': '<?xml version="1.0"?><a/>',
    'a declaration with everything': `<?xml version='1.0' encoding='utf-8' standalone="no" ?>\n<a/>`,
    'a byte order mark': '\ufeff<?xml version="1.0" encoding="UTF-8"?><a/>',
    'a DOCTYPE': '<!DOCTYPE a SYSTEM "dtd/a_10.dtd">\n<a/>',
    comments: '<!-- 1 --><!DOCTYPE a SYSTEM "a"><!-- é --><a><!----> b <!-- <c> & --></a><!-- 3 -->\n',
    attributes: `<a b="1" c:d='"' e.f-g=">"   _h=""\n\ti="x" />`,
    'every name': '<_a.b-c:D9><Z/></_a.b-c:D9 >',
    references: '<a b="&lt;&amp;&#10;&quot;&apos;">&gt;&#x20AC;&#8364;&#x1F69A;&#13;&#9;</a>',
    'text beyond ASCII': '<a b="Häuschen 漢 😀">Häuschen 漢 😀 \u0085\u2028\u007f\ufffd\ufeff</a>',
    'foreign line ends': '<a>\r\n<b>1\r2\r\n</b>\r</a>\r\n',
    CDATA: '<a>1<![CDATA[<b> & ]] >\r\n]]>2<![CDATA[]]><b/><![CDATA[]]]]></a>',
    'blanks around the sign of equality': '<a b = "1" c\n=\t\'2\'/>',
    'a DOCTYPE in single quotes': "<!DOCTYPE a SYSTEM 'dtd/a_10.dtd'><a/>",
    'names that objects have': '<__proto__ constructor="1" __proto__="2" toString="3"/>',
  };

  it.each(Object.entries(plain))('with %s is read, as bytes and as text', (_what, document) => {
    expect(agrees(bytes(document))).toBe(true);
    expect(agrees(document)).toBe(true);
  });
});

describe('the names of many documents', () => {
  it('are told right, also when there are more of them than are kept', () => {
    const document = (from: number): string =>
      `<all>${Array.from({ length: 500 }, (_, index) => `<n${from + index} a${(from + index) * 7}="1"/>`).join('')}</all>`;
    for (let from = 0; from < 5000; from += 500) expect(agrees(document(from))).toBe(true);
    expect(agrees(document(0))).toBe(true);
  });
});

describe('a document that is sound but not plain', () => {
  const odd = {
    'an instruction': '<a><?b c?></a>',
    'an instruction in front': '<?b c?><a/>',
    'a name beyond ASCII': '<é/>',
    'a line end in an attribute': '<a b="1\n2"/>',
    'a DOCTYPE without an identifier': '<!DOCTYPE a><a/>',
    'a public identifier': '<!DOCTYPE a PUBLIC "b" "c"><a/>',
    'the end of CDATA in a text beside CDATA': '<a b="]]>"><![CDATA[]]></a>',
    'a bracket sequence in a comment': '<a><!-- ]]> --></a>',
    'the sample with a bit of everything': sample,
  };

  it.each(Object.entries(odd))('with %s is left to the strict reader', (_what, document) => {
    expect(plainEvents(document)).toBeUndefined();
    expect(strictEvents(document)).toBeInstanceOf(Array);
  });
});

describe('a document that is wrong', () => {
  const wrong = [
    '',
    'a',
    '<a',
    '<a>',
    '<a></b>',
    '<a></a',
    '<a></ab>',
    '<a></a><a/>',
    '<a/>b',
    'b<a/>',
    '<a/>\ufeff',
    '\ufeff\ufeff<a/>',
    '<a b="1" b="2"/>',
    '<a b="1"c="2"/>',
    '<a b="<"/>',
    '<a b=1/>',
    '<a b=x1x/>',
    '<a b/>',
    '<a / >',
    '< a/>',
    '<1/>',
    '<a>]]></a>',
    '<a>]]><![CDATA[]]></a>',
    '<a><![CDATA[]]>]]></a>',
    '<a><![CDATA[]]</a>',
    '<a><![CDATA[\u0001]]></a>',
    '<a><![cdata[]]></a>',
    '<a/><![CDATA[]]>',
    '<a>&</a>',
    '<a>&b;</a>',
    '<a>&lt</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>&#xFFFE;</a>',
    '<a>&#x110000;</a>',
    '<a>&#;</a>',
    '<a b="&#11;"/>',
    '<a>\0</a>',
    '<a>\u001f</a>',
    '<a>\ufffe</a>',
    '<a>\uffff</a>',
    '<a>\ud800</a>',
    '<a b="\u0001"/>',
    '<a><!-- -- --></a>',
    '<a><!-- --->-></a>',
    '<a><!-- \u0001 --></a>',
    '<a><!- b --></a>',
    '<a><!b></a>',
    '<!-- <a/>',
    '<?xml version="1.0\'?><a/>',
    ' <?xml version="1.0"?><a/>',
    '<?xml encoding="UTF-8"?><a/>',
    '<?xml version="1.1"?><a/>',
    '<?xml version="1x0"?><a/>',
    '<?xml version="1.0" encoding="latin1"?><a/>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
    '<!DOCTYPE a SYSTEM "b"><!DOCTYPE a SYSTEM "b"><a/>',
    '<a><!DOCTYPE a SYSTEM "b"></a>',
  ];

  it.each(wrong)('is left to the strict reader, which refuses it: %j', (document) => {
    expect(plainEvents(document)).toBeUndefined();
    expect(strictEvents(document)).toMatch(/^WB_XML_/);
  });

  it('is left to the strict reader when its bytes are not UTF-8', () => {
    expect(plainEvents(Uint8Array.of(0x3c, 0x61, 0x3e, 0xe9, 0x3c, 0x2f, 0x61, 0x3e))).toBeUndefined();
    expect(plainEvents(Buffer.from('\ufeff<a/>', 'utf16le'))).toBeUndefined();
  });
});

describe('a document whose encoding is known', () => {
  const encodingKnown = true;

  it.each([
    ['ISO-8859-1', '<?xml version="1.0" encoding="ISO-8859-1"?><a b="é">ü</a>'],
    ['UTF-16', "<?xml version='1.0' encoding='UTF-16' standalone='yes'?>\n<a>漢</a>"],
    ['ibm-1140', '<?xml version="1.0" encoding="ibm-1140" ?><a>€</a>'],
  ])('may declare any other, and is plain all the same: %s', (_name, document) => {
    expect(plainEvents(document)).toBeUndefined();
    expect(strictEvents(document)).toBe('WB_XML_ENCODING');
    expect(agrees(document, { encodingKnown })).toBe(true);
    expect(agrees(Buffer.from(document), { encodingKnown })).toBe(true);
  });

  it.each([
    '<?xml version="1.0" encoding="a b"?><a/>',
    '<?xml version="1.0" encoding=""?><a/>',
    '<?xml version="1.1" encoding="UTF-16"?><a/>',
  ])('still has to declare it as XML wants it: %s', (document) => {
    expect(plainEvents(document, { encodingKnown })).toBeUndefined();
    expect(strictEvents(document, { encodingKnown })).toMatch(/^WB_XML_(NOT_WELL_FORMED|VERSION)$/);
  });

  it('still has to be UTF-8', () => {
    const document = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>', 'latin1');
    expect(plainEvents(document, { encodingKnown })).toBeUndefined();
    expect(strictEvents(document, { encodingKnown })).toBe('WB_XML_INVALID_UTF8');
    expect(strictEvents(Buffer.from('\ufeff<a/>', 'utf16le'), { encodingKnown })).toBe('WB_XML_INVALID_UTF8');
  });
});

describe('limits', () => {
  const document = '<a b="123" c="4"><d><e>12345</e></d></a>';

  it.each([
    ['bytes', document.length],
    ['depth', 3],
    ['elements', 3],
    ['attributes', 2],
    ['attributeLength', 3],
  ] as const)('the document that just fits into %s is plain, and one that does not is left to the strict reader', (limit, fits) => {
    expect(agrees(document, { limits: { [limit]: fits } })).toBe(true);
    expect(plainEvents(document, { limits: { [limit]: fits - 1 } })).toBeUndefined();
    expect(strictEvents(document, { limits: { [limit]: fits - 1 } })).toMatch(/^WB_XML_/);
  });

  it('counts bytes of UTF-8', () => {
    expect(plainEvents('<a>é</a>', { limits: { bytes: 8 } })).toBeUndefined();
    expect(agrees('<a>é</a>', { limits: { bytes: 9 } })).toBe(true);
  });

  it('leaves a document that is longer than one text may be to the strict reader, whatever is in it', () => {
    expect(agrees(document, { limits: { textLength: document.length } })).toBe(true);
    expect(plainEvents(document, { limits: { textLength: document.length - 1 } })).toBeUndefined();
  });

  it('leaves a name that is too long to keep to the strict reader', () => {
    expect(agrees(`<${'a'.repeat(64)}/>`)).toBe(true);
    expect(plainEvents(`<${'a'.repeat(65)}/>`)).toBeUndefined();
  });
});
