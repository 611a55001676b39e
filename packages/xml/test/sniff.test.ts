import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniffRoot } from '../src/index.ts';
import { treeOf } from './support/recorder.ts';
import { sample } from './support/sample.ts';

const encoder = new TextEncoder();
const sniff = (text: string) => sniffRoot(encoder.encode(text));

describe('the root of a document', () => {
  it('is told with its attributes', () => {
    expect(sniff(sample)).toEqual({ root: 'Update_OrderState', attributes: { version: '1.0' }, systemId: 'Update_OrderState_10.dtd' });
    expect(sniff('<p:a  x = "1"\n y=\'2\'/>')).toEqual({ root: 'p:a', attributes: { x: '1', y: '2' } });
    expect(sniff('<a>')).toEqual({ root: 'a', attributes: {} });
  });

  it.each([
    [`<!DOCTYPE a SYSTEM "a.dtd"><a/>`, 'a.dtd'],
    [`<?p?>\r\n<!DOCTYPE  a\r\nSYSTEM 'http://x/a.dtd' ><!-- --><a/>`, 'http://x/a.dtd'],
    [`<!DOCTYPE a PUBLIC "-//X//EN" 'a.dtd'><a/>`, 'a.dtd'],
    [`<!DOCTYPE a SYSTEM "a.dtd" [<!-- > -->]><a/>`, 'a.dtd'],
    ['<!DOCTYPE a><a/>', undefined],
    ['<!-- <!DOCTYPE a SYSTEM "a.dtd"> --><a/>', undefined],
  ])('is told with the DTD that its DOCTYPE names: %j', (text, systemId) => {
    expect(sniff(text)).toEqual({ root: 'a', attributes: {}, systemId });
  });

  it('is found behind everything that may stand before it', () => {
    const misc = '<!-- <b> --><?p <c>?>\r\n';
    expect(sniff(`\ufeff<?xml version="1.0"?>\n${misc}<!DOCTYPE a SYSTEM "<d>">${misc}<a/>`)?.root).toBe('a');
    expect(sniff(`<!DOCTYPE a [<!-- ]> ' --><!ENTITY e "]>"><?p?>]><a x="1"/>`)?.attributes).toEqual({ x: '1' });
  });

  it('has its attributes as the reader would report them', () => {
    const text = `<a x="1 &lt;&amp;&gt;&quot;&apos; &#65;&#x1F69A;\t\r\n" __proto__="2"/>`;
    const found = sniff(text)?.attributes;
    expect({ ...found }).toEqual(treeOf(text).attributes);
    expect(Object.getPrototypeOf(found)).toBeNull();
  });

  it('is found behind a long comment, but not behind an endless one', () => {
    expect(sniff(`<!--${'x'.repeat(50_000)}--><a/>`)?.root).toBe('a');
    expect(sniff(`<!--${'x'.repeat(500_000)}--><a/>`)).toBeUndefined();
  });

  it.each([500, 505, 511, 512, 4090])('is found where the first %d bytes end inside its tag', (length) => {
    const attributes = { x: 'é>'.repeat(10), y: '2' };
    expect(sniff(`${' '.repeat(length)}<a x="${attributes.x}" y='2'/>`)).toEqual({ root: 'a', attributes });
  });

  it('is told without looking at the rest', () => {
    expect(sniff(`<a x="1">${'<b>'.repeat(50_000)}`)).toEqual({ root: 'a', attributes: { x: '1' } });
  });
});

describe('what is no XML', () => {
  it.each([
    '',
    ' ',
    'plain text',
    '{"a":1}',
    '<',
    '<!',
    '<?',
    '<a',
    '<a x="1',
    '<a x=1>',
    '<1',
    '</a>',
    '<!DOCTYPE a',
    '<!--',
    '<a<b>',
    'x<a/>',
  ])('has no root: %s', (text) => {
    expect(sniff(text)).toBeUndefined();
  });

  it('has no root in UTF-16', () => {
    expect(sniffRoot(Buffer.from('\ufeff<a/>', 'utf16le'))).toBeUndefined();
  });

  it('never throws', () => {
    const quiet = (body: Uint8Array): void => {
      expect(() => sniffRoot(body)).not.toThrow();
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), quiet));
    const marks = fc.constantFrom(
      '<',
      '>',
      '!',
      '?',
      '--',
      '[',
      ']',
      '"',
      "'",
      '=',
      ' ',
      'a',
      '&',
      ';',
      'DOCTYPE',
      '<!DOCTYPE',
      '&#x110000;',
    );
    fc.assert(fc.property(fc.array(marks, { maxLength: 60 }), (parts) => quiet(encoder.encode(parts.join('')))));
  });

  it('is told in a time that grows with its length only', () => {
    const parts = [
      '<',
      '<!--',
      '<?',
      '<!DOCTYPE a [',
      '<a',
      '<a x="1"',
      '<a x="1" ',
      '<!DOCTYPE a "',
      '<!DOCTYPE a [<!-- -->',
      ' ',
      '<a x',
      'a ',
    ];
    for (const part of parts) expect(sniff(part.repeat(40_000))).toBeUndefined();
    for (const part of [' x', ' x=', ' x="', ' x="1"', ' ', 'a']) expect(sniff(`<a${part.repeat(40_000)}`)).toBeUndefined();
  });
});
