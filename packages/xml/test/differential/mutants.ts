import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { changed, changeOf } from '../support/mutation.ts';

const folder = new URL('../../../../plugins/pack-fulfillment/test/samples/', import.meta.url);

/** The sample messages of the fulfillment pack, all of them. */
export const samples: readonly string[] = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** What a sender may write instead of, or beside, what is there, and XML allows in an element. */
const sound = [
  ' ',
  '\r\n',
  '\r',
  '\t',
  '&amp;',
  '&lt;',
  '&#13;',
  '&#10;',
  '&#x1F69A;',
  '>',
  ']]&gt;',
  '<![CDATA[<b>&amp;]]>',
  '<![CDATA[]]>',
  '<!-- c -->',
  '<?p x?>',
  '<?p?>',
  'ü',
  '漢😀',
  '\u0085',
  '\u2028',
  '\u007f',
  '<x/>',
  '<x y="1"/>',
  "<x y='\"'>t</x>",
  '<x y = "1" ></x >',
  '<x y="a\nb\tc"/>',
  '<x y="&#10;&quot;&apos;&#32;"/>',
  '<x.-1/>',
  '<a:b xmlns:a="urn:a" a:c="1"/>',
  '<x xmlns="urn:x"/>',
  '<Ö·\u0300/>',
  '<\u{10000}/>',
  '<!---->',
  '<?xml-model x?>',
  '<x xml:space="preserve" xml:lang="fr"/>',
];

/** What XML does not allow there. */
const unsound = [
  '&#xD800;',
  '&#0;',
  '&#xFFFE;',
  '&#x110000;',
  '&nbsp;',
  '&;',
  '&#;',
  '&#x;',
  'AT&T',
  'R & D',
  'a < b',
  ']]>',
  '<!-- c -- d -->',
  '<!-- c --->',
  '<?p?x?>',
  '<?xml x?>',
  '<? p?>',
  '\ufffe',
  '\u0001',
  '<x y="1"y2="2"/>',
  '<x y="1" y="1"/>',
  '<x y="<"/>',
  '<x y=1/>',
  '<x y/>',
  '<1x/>',
  '<:x/>',
  '<a:x/>',
  '</x>',
  '< x/>',
  '<x/ >',
  '<x',
  '<!DOCTYPE x>',
  '<!ELEMENT x ANY>',
  '<![CDATA[',
  '<![cdata[x]]>',
  '<·x/>',
];

type Rewrite = (document: string, places: readonly number[], text: string) => string;

const insides = (parts: readonly string[], places: readonly number[]): readonly number[] => places.map((place) => place % parts.length);

/** A document as its tags and the texts between them. */
const partsOf = (document: string): string[] => document.split(/(?=<)|(?<=>)/);

/** Puts the text between two tags. */
const beside: Rewrite = (document, places, text) => {
  const parts = partsOf(document);
  const [at = 0] = insides(parts, places);
  return parts.toSpliced(at, 0, text).join('');
};

const rewrites: readonly Rewrite[] = [
  (document, [at = 0], text) => document.slice(0, at % document.length) + text + document.slice(at % document.length),
  (document, places, text) => {
    const parts = partsOf(document);
    const [at = 0] = insides(parts, places);
    return parts.with(at, text).join('');
  },
  (document, places) => {
    const parts = partsOf(document);
    const [at = 0] = insides(parts, places);
    return parts.toSpliced(at, 1).join('');
  },
  (document, places) => {
    const parts = partsOf(document);
    const [from = 0, to = 0] = insides(parts, places);
    return parts.toSpliced(to, 0, parts[from]!).join('');
  },
  (document, places) => {
    const parts = partsOf(document);
    const [one = 0, other = 0] = insides(parts, places);
    return parts.with(one, parts[other]!).with(other, parts[one]!).join('');
  },
  (document) => document.replaceAll('\n', '\r\n'),
  (document) => document.replaceAll('"', "'"),
  (document) => `\ufeff${document}`,
  (document, _places, text) => document + text,
  (document, _places, text) => text + document,
  (document, _places, text) => document.replace(/<\?xml[^>]*>/, `$&${text}`),
  (document, [at = 0]) => document.replace('UTF-8', ['utf-8', 'US-ASCII', 'ISO-8859-1', 'UTF-16', 'x y', ''][at % 6]!),
  (document, [at = 0]) =>
    document.replace('version="1.0"', ['version="1.1"', 'version="1."', 'version="2.0"', '', "version='1.0' standalone='yes'"][at % 5]!),
];

const text = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...sound) }, { weight: 1, arbitrary: fc.constantFrom(...unsound) });
const rewritten = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 1, arbitrary: fc.constant(beside) }, { weight: 1, arbitrary: fc.constantFrom(...rewrites) }),
      fc.array(fc.nat(), { minLength: 2, maxLength: 2 }),
      text,
    ),
    { maxLength: 3 },
  )
  .chain((steps) =>
    fc
      .constantFrom(...samples)
      .map((sample) => steps.reduce((document, [rewrite, places, text]) => rewrite(document, places, text), sample)),
  );

/** Samples with some tags and texts changed, and a quarter of them with some bytes. */
export const mutants: fc.Arbitrary<Uint8Array> = rewritten
  .map((document) => new TextEncoder().encode(document))
  .chain((body) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(body) },
      {
        weight: 1,
        arbitrary: fc.array(changeOf(body.length), { minLength: 1, maxLength: 3 }).map((steps) => steps.reduce<Uint8Array>(changed, body)),
      },
    ),
  );
