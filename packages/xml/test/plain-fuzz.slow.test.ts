import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changed, changeOf } from './support/mutation.ts';
import { agrees } from './support/plain-events.ts';

/** How often each test tries; more on demand, since chance finds more the longer it looks. */
const numRuns = Number(process.env['WAYBILL_FUZZ_RUNS'] ?? 3000);

const folder = new URL('../../../plugins/pack-fulfillment/test/samples/', import.meta.url);
const samples = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder))] as const);
const encoder = new TextEncoder();

/** Fails unless the two readers agree on each document; tells which part of the documents the plain one took. */
function shareTaken(documents: fc.Arbitrary<Uint8Array | string>): number {
  let taken = 0;
  fc.assert(
    fc.property(documents, (document) => {
      if (agrees(document)) taken += 1;
    }),
    { numRuns },
  );
  return taken / numRuns;
}

describe('the messages of the fulfillment pack', () => {
  it.each(samples)('are plain: %s', (_name, body) => {
    expect(agrees(body)).toBe(true);
  });

  it('are told alike, or left to the strict reader, when they are damaged', () => {
    const damaged = fc
      .constantFrom(...samples)
      .chain(([, body]) => fc.array(changeOf(body.length), { maxLength: 3 }).map((steps) => steps.reduce<Uint8Array>(changed, body)));
    // Some changes hurt nothing. Were every document given up, nothing would have been compared.
    expect(shareTaken(damaged)).toBeGreaterThan(0.15);
  });
});

const blanks = fc.constantFrom('', '', ' ', '\n', '\r\n', '\r', '\t ');
/** Mostly the first; once in a while one of the others, which are not plain, or not even right. */
function mostly(usual: fc.Arbitrary<string>, ...rest: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...rest) });
}

const name = fc.constantFrom('a', 'b', 'ab', 'a:b', '_', 'A.9-', '__proto__', 'constructor');
const sound = [
  'a',
  ' ',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '>',
  ']',
  ']]',
  '"',
  "'",
  '--',
  'é',
  '漢',
  '😀',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\ufffd',
  '\u007f',
];
const references = ['&lt;', '&gt;', '&amp;', '&quot;', '&apos;', '&#10;', '&#xD;', '&#9;', '&#x1F69A;', '&#x20ac;', '&#8364;', '&#0038;'];
const unsound = [
  '<',
  '&',
  '&x;',
  '&#0;',
  '&#xFFFE;',
  '&#xd800;',
  '&#99999999;',
  '&lt',
  ']]>',
  '\0',
  '\u001b',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udc00',
];

/** Text in which something is wrong, or odd, once in a while. */
function textOf(maxLength: number): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...sound) },
    { weight: 20, arbitrary: fc.constantFrom(...references) },
    { weight: 1, arbitrary: fc.constantFrom(...unsound) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
  );
  return fc.array(piece, { maxLength }).map((pieces) => pieces.join(''));
}

const attribute = fc
  .tuple(name, blanks, mostly(fc.constant(''), ' ', '\n'), fc.constantFrom('"', "'"), textOf(4))
  .map(
    ([key, before, around, quote, text]) =>
      `${before || ' '}${key}${around}=${quote}${text.replaceAll(quote, '').replace(/[\t\r\n]+/, '')}${quote}`,
  );

const comment = fc.oneof(
  blanks,
  textOf(1).map((text) => `<!--${text} -->`),
);

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(name, fc.array(attribute, { maxLength: 2 }), blanks, fc.array(tie('content'), { maxLength: 4 }), fc.nat(99))
    .map(([tag, attributes, blank, content, chance]) => {
      const inside = content.join('');
      if (inside === '' && chance < 50) return `<${tag}${attributes.join('')}${blank}/>`;
      return `<${tag}${attributes.join('')}${blank}>${inside}</${chance === 99 ? 'b' : tag}${blank}>`;
    }),
  content: fc.oneof({ depthSize: 'small', withCrossShrink: true }, mostly(textOf(6), '<![CDATA[x]]>', '<?x y?>'), comment, tie('element')),
}));

const declaration = mostly(
  fc.constantFrom(
    '',
    '\ufeff',
    '<?xml version="1.0"?>',
    "<?xml version='1.0' encoding='UTF-8'?>",
    '\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes" ?>',
  ),
  '<?xml version="1.0" encoding="UTF-16"?>',
  '<?xml version="1.1"?>',
);
const doctype = mostly(
  fc.constantFrom('', '<!DOCTYPE a SYSTEM "a_10.dtd">'),
  "<!DOCTYPE a SYSTEM 'a'>",
  '<!DOCTYPE a [ ]>',
  '<!DOCTYPE a>',
);
const generated = fc.tuple(declaration, comment, doctype, comment, element, comment).map((parts) => parts.join(''));

describe('a generated document', () => {
  it('is told alike, or left to the strict reader, as text', () => {
    expect(shareTaken(generated)).toBeGreaterThan(0.15);
  });

  it('is told alike, or left to the strict reader, as bytes, some of them changed', () => {
    const bytes = generated
      .map((text) => encoder.encode(text))
      .chain((body) => fc.array(changeOf(body.length), { maxLength: 2 }).map((steps) => steps.reduce<Uint8Array>(changed, body)));
    expect(shareTaken(bytes)).toBeGreaterThan(0.15);
  });
});
