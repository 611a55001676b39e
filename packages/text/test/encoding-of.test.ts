import { describe, expect, it } from 'vitest';
import { type EncodingChoice, type EncodingFacts, encode, encodingOf, toUtf8 } from '../src/index.ts';
import { bytes, refusal } from './refusal.ts';

const ascii = (text: string): Uint8Array => encode(text, 'us-ascii');
const declaring = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><Order/>`;

/** Encoding and who decided. */
function decided(facts: EncodingFacts): string {
  const { encoding, from } = encodingOf(facts);
  return `${encoding} by ${from}`;
}

describe('what the transport states', () => {
  it('decides before declaration and setting', () => {
    const body = ascii(declaring('ISO-8859-15'));
    expect(decided({ body, contentType: 'text/xml; charset=windows-1252', configured: 'cp850' })).toBe('windows-1252 by transport');
  });

  it('may be a CCSID, which comes before the content type', () => {
    expect(decided({ body: bytes('4c c5'), charset: 1140, contentType: 'text/plain; charset=utf-8' })).toBe('cp1140 by transport');
  });

  it.each([
    ['text/xml;charset=UTF-8', 'utf-8'],
    ['text/xml; Charset="utf-8"', 'utf-8'],
    ["text/xml; charset='utf-8'", 'utf-8'],
    ['text/xml ; charset = iso-8859-2 ; x=y', 'iso-8859-2'],
    ['multipart/related; start="a; charset=cp500"; type="text/xml"; charset=iso-8859-2', 'iso-8859-2'],
    ['text/xml; x-charset=cp500; charset=iso-8859-2', 'iso-8859-2'],
    ['text/plain; charset="iso\\-8859-2"', 'iso-8859-2'],
  ])('is read from the content type %s', (contentType, encoding) => {
    expect(decided({ body: ascii('x'), contentType })).toBe(`${encoding} by transport`);
  });

  it.each(['text/xml', 'text/xml; charset=', 'text/xml; charset=""', 'text/xml; x="charset=cp500"', 'text/xml;', ''])(
    'is nothing in the content type %s',
    (contentType) => {
      expect(decided({ body: ascii('<a/>'), contentType })).toBe('utf-8 by default');
    },
  );

  it('is refused when nobody knows it, even where the document declares something', () => {
    const { code, message } = refusal(() => encodingOf({ body: ascii(declaring('UTF-8')), contentType: 'text/xml; charset=utf-88' }));
    expect(code).toBe('WB_TEXT_UNKNOWN_ENCODING');
    expect(message).toBe('The transport names an encoding that is not known: "utf-88".');
  });

  it('is overruled by a byte order mark of another encoding, and that is told', () => {
    const choice = encodingOf({ body: bytes('ef bb bf 3c 61 2f 3e'), contentType: 'text/xml; charset=ISO-8859-1' });
    expect(choice).toEqual({
      encoding: 'utf-8',
      from: 'byte-order-mark',
      overruled: [{ from: 'transport', label: 'ISO-8859-1' }],
    } satisfies EncodingChoice);
  });

  it('is overruled by a byte order mark when nobody knows it', () => {
    expect(decided({ body: bytes('ff fe 3c 00'), charset: 'no-such-thing' })).toBe('utf-16le by byte-order-mark');
  });

  it('is not overruled by a mark that agrees with it', () => {
    expect(encodingOf({ body: bytes('ff fe 3c 00'), charset: 'utf-16' })).toEqual({
      encoding: 'utf-16le',
      from: 'transport',
      overruled: [],
    });
    expect(encodingOf({ body: bytes('ef bb bf'), charset: 1208 })).toEqual({ encoding: 'utf-8', from: 'transport', overruled: [] });
  });

  it('is overruled by a mark of the other byte order', () => {
    expect(decided({ body: bytes('fe ff 00 3c'), charset: 'utf-16le' })).toBe('utf-16be by byte-order-mark');
  });

  it('stays when it is EBCDIC, in which numbers may look like a mark', () => {
    expect(decided({ body: bytes('fe ff 4c c5 c3 c5'), charset: 37 })).toBe('cp037 by transport');
    expect(decided({ body: bytes('ff fe 00 00'), charset: 500 })).toBe('cp500 by transport');
  });

  it.each([
    ['fe ff 00 3c', 'utf-16be'],
    ['ff fe 3c 00', 'utf-16le'],
    ['3c 00 61 00', 'utf-16le'],
    ['00 3c 00 61', 'utf-16be'],
    ['6c e8 65 87', 'utf-16be'],
    ['', 'utf-16be'],
  ])('is UTF-16 in the order that the bytes %s show', (body, encoding) => {
    expect(decided({ body: bytes(body), charset: 1200 })).toBe(`${encoding} by transport`);
  });
});

describe('a byte order mark', () => {
  it.each([
    ['ef bb bf', 'utf-8'],
    ['ff fe', 'utf-16le'],
    ['fe ff', 'utf-16be'],
  ])('decides before declaration and setting: %s', (mark, encoding) => {
    const body = Buffer.concat([bytes(mark), encode(declaring('ISO-8859-1'), encoding)]);
    expect(decided({ body, configured: 'cp500' })).toBe(`${encoding} by byte-order-mark`);
  });

  it.each(['ef', 'ef bb', 'ff', 'fe', 'ef bb 3c', '00 00 fe'])('is none when it is not whole: %s', (body) => {
    expect(decided({ body: bytes(body) })).toBe('utf-8 by default');
  });

  it.each(['ff fe 00 00 3c 00 00 00', '00 00 fe ff 00 00 00 3c'])('of UTF-32 is refused: %s', (body) => {
    expect(refusal(() => encodingOf({ body: bytes(body) })).message).toBe(
      'The body begins with the byte order mark of UTF-32, which is not read.',
    );
  });
});

describe('the XML declaration', () => {
  it.each([
    [`<?xml version="1.0" encoding="ISO-8859-1"?>`, 'iso-8859-1'],
    [`<?xml version='1.0' encoding='windows-1252' standalone="yes"?>`, 'windows-1252'],
    [`<?xml\n\tversion = "1.0"\r\n encoding = "UTF8" ?>`, 'utf-8'],
    [`<?xml version="1.0" encoding="Big5"?>`, 'big5'],
    [`<?xml version="1.0" encoding="UTF-8"?>`, 'utf-8'],
    [`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`, 'utf-8'],
  ])('decides before the setting: %s', (start, encoding) => {
    expect(decided({ body: ascii(`${start}<a/>`), configured: 'cp850' })).toBe(`${encoding} by declaration`);
  });

  it.each([
    `<?xml version="1.0"?><a encoding="ISO-8859-1"/>`,
    ` <?xml version="1.0" encoding="ISO-8859-1"?>`,
    `<!-- <?xml version="1.0" encoding="ISO-8859-1"?> -->`,
    `<?xml version="encoding='x'"?>`,
    `<?xml-stylesheet version="1.0" encoding="ISO-8859-1"?>`,
    `<?xml`,
    `<?xml version="1.0" encoding="ISO-8859-1`,
    '',
  ])('is none here: %s', (text) => {
    expect(decided({ body: ascii(text) })).toBe('utf-8 by default');
  });

  it.each(['cp037', 'cp273', 'cp500', 'cp870', 'cp1047', 'cp1140', 'cp1141', 'cp1148'])('is read in EBCDIC: %s', (encoding) => {
    const body = encode(`<?xml version="1.0"\u0085 encoding="${encoding}"?>\n<Größe/>`.replace('ö', 'o'), encoding);
    expect(decided({ body })).toBe(`${encoding} by declaration`);
  });

  it('in single quotes is read in the one EBCDIC page that has the double quote elsewhere', () => {
    const body = encode(`<?xml version='1.0' encoding='IBM1026'?><a/>`, 'cp1026');
    expect(decided({ body })).toBe('cp1026 by declaration');
  });

  it.each(['utf-16le', 'utf-16be'])('is read in %s without a mark', (encoding) => {
    expect(decided({ body: encode(declaring('UTF-16'), encoding) })).toBe(`${encoding} by declaration`);
    expect(decided({ body: encode(declaring(encoding), encoding) })).toBe(`${encoding} by declaration`);
  });

  it.each([
    ['UTF-16', 'utf-8', 'The document declares the encoding utf-16, and its first bytes are in single bytes.'],
    ['IBM-1047', 'utf-8', 'The document declares the encoding cp1047, and its first bytes are in single bytes.'],
    ['UTF-8', 'cp500', 'The document declares the encoding utf-8, and its first bytes are in EBCDIC.'],
    ['UTF-8', 'utf-16le', 'The document declares the encoding utf-8, and its first bytes are in UTF-16.'],
    ['UTF-16BE', 'utf-16le', 'The document declares the encoding utf-16be, and its first bytes are in UTF-16.'],
  ])('that says %s in a document in %s is refused', (declared, written, message) => {
    expect(refusal(() => encodingOf({ body: encode(declaring(declared), written) }))).toMatchObject({
      code: 'WB_TEXT_CONTRADICTION',
      message,
    });
  });

  it('that cannot be true leaves the decision to the setting', () => {
    const choice = encodingOf({ body: ascii(declaring('UTF-16')), configured: 'utf-8' });
    expect(choice).toEqual({ encoding: 'utf-8', from: 'setting', overruled: [{ from: 'declaration', label: 'UTF-16' }] });
  });

  it('that cannot be true is refused when the setting cannot be true either', () => {
    expect(refusal(() => encodingOf({ body: ascii(declaring('UTF-16')), configured: 500 })).code).toBe('WB_TEXT_CONTRADICTION');
  });

  it('that names an unknown encoding is refused, unless the entry knows', () => {
    const body = ascii(declaring('x-user-defined'));
    expect(refusal(() => encodingOf({ body })).code).toBe('WB_TEXT_UNKNOWN_ENCODING');
    expect(decided({ body, configured: 'windows-1252' })).toBe('windows-1252 by setting');
  });
});

describe('a document without a declaration', () => {
  it('is in UTF-16 when its first bytes are', () => {
    expect(decided({ body: encode('<Order/>', 'utf-16le'), configured: 'cp500' })).toBe('utf-16le by first-bytes');
    expect(decided({ body: encode('<Order/>', 'utf-16be') })).toBe('utf-16be by first-bytes');
  });

  it('is in what the entry is set to', () => {
    expect(decided({ body: encode('<ECEDOC>', 'cp500'), configured: 'IBM-500' })).toBe('cp500 by setting');
    expect(decided({ body: encode('<Ort>Köln</Ort>', 'windows-1252'), configured: 'windows-1252' })).toBe('windows-1252 by setting');
  });

  it.each(['<Order/>', '<', '', 'a', '<?', '<?xml version="1.0" encoding="UTF-8"'])('is in UTF-8 when nobody says anything: %s', (text) => {
    expect(decided({ body: ascii(text) })).toBe('utf-8 by default');
  });

  it('in EBCDIC XML needs a setting that is EBCDIC', () => {
    const body = encode('<?xml version="1.0"?><a/>', 'cp1047');
    expect(decided({ body, configured: 1047 })).toBe('cp1047 by setting');
    expect(refusal(() => encodingOf({ body })).code).toBe('WB_TEXT_CONTRADICTION');
    expect(refusal(() => encodingOf({ body, configured: 'utf-8' })).code).toBe('WB_TEXT_CONTRADICTION');
  });

  it('is refused when the setting names nothing that is known', () => {
    expect(refusal(() => encodingOf({ body: ascii('x'), configured: 'cp9999' })).message).toBe(
      'The setting names an encoding that is not known: "cp9999".',
    );
  });
});

describe('a document in any encoding', () => {
  it.each(['utf-8', 'utf-16le', 'utf-16be', 'iso-8859-1', 'windows-1252', 'cp850', 'cp037', 'cp500', 'cp1047', 'cp1141'])(
    'becomes the same text in UTF-8: %s',
    (encoding) => {
      const text = `<?xml version="1.0" encoding="${encoding}"?>\n<Kunde ort="Köln">Größe [5] | 3 ^ 2</Kunde>`;
      const body = encode(text, encoding);
      expect(Buffer.from(toUtf8(body, encodingOf({ body }).encoding)).toString()).toBe(text);
    },
  );
});
