import { readdirSync, readFileSync } from 'node:fs';
import { isWaybillError } from '@waybill/contract';
import * as fc from 'fast-check';
import { XmlDtd, XmlParseError } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { parseDtd } from '../../src/dtd.ts';
import { changed, changeOf } from '../support/mutation.ts';

/** How many DTDs are compared; more on demand. */
const numRuns = Number(process.env['WAYBILL_FUZZ_RUNS'] ?? 10_000);

const modular = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a module -->
<!ENTITY % NCControl "ControlArea, DataArea">
<!ENTITY % flag "(0|1) '0'">
<!ENTITY % NCx 'INCLUDE'>
<!ENTITY % NCy "IGNORE">
<!ENTITY mark "&#169; 5&#37; &#38;amp; &lt; more">
<![%NCx;[
<!ELEMENT Order (%NCControl;)>
<!ATTLIST Order version CDATA #FIXED "3.0" flag %flag; id ID #IMPLIED ref IDREFS #IMPLIED kind NMTOKEN "a-b" note CDATA "x &mark; &#10;">
<![%NCy;[ <!ELEMENT Order ANY> ]]>
]]>
<!ELEMENT ControlArea EMPTY>
<!ELEMENT DataArea (#PCDATA | ControlArea)*>
`;
const nested = `<!ENTITY % a "<!ELEMENT x (y?, (z | w)*, v+)>"> %a;<!ENTITY % c "y"><!ELEMENT y (%c;)+><!ELEMENT z (#PCDATA)>
<!ELEMENT w ANY><!ELEMENT v EMPTY><!NOTATION gif PUBLIC "g"><!ENTITY pic SYSTEM "a.gif" NDATA gif><?go on?>`;

const folder = new URL('../../../../plugins/pack-fulfillment/test/fixtures/', import.meta.url);
const whole = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
/** The first declarations of each are enough, and leave chance less room. */
const dtds = [modular, nested, ...whole.map((text) => text.slice(0, 1500).replace(/<[^>]*$/, ''))].map((text) =>
  new TextEncoder().encode(text),
);

const parts = [
  '%flag;',
  '%undeclared;',
  '&mark;',
  '&undeclared;',
  '<!ELEMENT q (a,(b|c)?)>',
  '<!ATTLIST q a CDATA #IMPLIED>',
  '#PCDATA',
  'EMPTY',
]
  .concat([
    'ANY',
    '(',
    ')',
    '|',
    ',',
    '?',
    '*',
    '+',
    '"',
    "'",
    '%',
    '<![INCLUDE[',
    '<![IGNORE[',
    ']]>',
    '#REQUIRED',
    '#FIXED',
    'CDATA',
    'NMTOKENS',
  ])
  .concat(['NOTATION', ' ', '--', '<!--', '-->', '<?p x?>', '<?xml version="1.0"?>', '&#0;', '&#65;', '&#', 'PUBLIC', 'SYSTEM']);

const mutants = fc.constantFrom(...dtds).chain((body) => {
  const put = fc.record({
    kind: fc.constant('put' as const),
    at: fc.nat(body.length),
    bytes: fc.constantFrom(...parts).map((part) => new TextEncoder().encode(part)),
  });
  return fc.array(fc.oneof(put, changeOf(body.length)), { maxLength: 2 }).map((steps) => steps.reduce<Uint8Array>(changed, body));
});

/**
 * What we refuse and libxml2 does not, as long as it does not validate: what makes a DTD not valid, or leaves open what it says; and characters in what
 * it skips.
 */
const stricter =
  /is not declared in front of its use\.|is declared twice, with different contents|has a value that is (?:none of its words|not of the type)|has a character that XML does not allow|is named twice in mixed content|is listed twice|which is not read\./;
/** What libxml2 refuses and we do not: the address of a file that is never read, and a name that begins like an XML declaration. */
const looser = /^(?:Fragment not allowed|.* declaration .<\?xml. required)/;

/** A DTD that begins as a document does, without an encoding, which XML 1.0 (production 77) asks for in a DTD: many are written so. */
const withoutEncoding = /^<\?xml\s+version\s*=\s*(["'])1\.0\1\s*\?>/;

function refusalOfOurs(body: Uint8Array): string | undefined {
  try {
    parseDtd(body, { load: () => undefined });
    return undefined;
  } catch (error) {
    if (isWaybillError(error)) return error.message;
    throw error;
  }
}

function refusalOfTheirs(body: Uint8Array): string | undefined {
  try {
    XmlDtd.fromBuffer(body).dispose();
    return undefined;
  } catch (error) {
    if (error instanceof XmlParseError) return error.message;
    throw error;
  }
}

function compared(body: Uint8Array): string {
  const [ours, theirs] = [refusalOfOurs(body), refusalOfTheirs(body)];
  if (ours === undefined && theirs === undefined) return 'both accept';
  if (ours !== undefined && theirs !== undefined) return 'both refuse';
  if (ours !== undefined) return stricter.test(ours) ? 'stricter' : `only we refuse it: ${ours}`;
  const isKnown = looser.test(theirs!) || (theirs!.startsWith('Space needed') && withoutEncoding.test(new TextDecoder().decode(body)));
  return isKnown ? 'looser' : `only libxml2 refuses it: ${theirs}`;
}

describe('our reader of DTDs and libxml2', () => {
  it('disagree about a DTD that begins as a document does', () => {
    expect(compared(new TextEncoder().encode('<?xml version="1.0"?><!ELEMENT a EMPTY>'))).toBe('looser');
  });

  it('agree about mutated DTDs, but for what is known', () => {
    const counts: Record<string, number> = {};
    fc.assert(
      fc.property(mutants, (body) => {
        const result = compared(body);
        expect(result).not.toMatch(/^only/);
        counts[result] = (counts[result] ?? 0) + 1;
      }),
      { numRuns },
    );
    expect(counts['both accept']).toBeGreaterThan(numRuns * 0.2);
    expect(counts['both refuse']).toBeGreaterThan(numRuns * 0.2);
    expect((counts['stricter'] ?? 0) + (counts['looser'] ?? 0)).toBeLessThan(numRuns * 0.03);
  });
});
