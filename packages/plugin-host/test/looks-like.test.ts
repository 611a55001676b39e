import { describe, expect, it } from 'vitest';
import { looksLike } from '../src/packs/looks-like.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('what an unknown message looks like', () => {
  it.each([
    [
      'a root element',
      utf8('<?xml version="1.0"?>\n<!DOCTYPE Order SYSTEM "x.dtd">\n<!-- <Old/> --><Order id="1"><Name>Anna</Name></Order>'),
      '<Order>',
    ],
    ['one with a prefix', utf8('\ufeff<ns:Order_3.0 xmlns:ns="x"/>'), '<ns:Order_3.0>'],
    ['one in UTF-16', Buffer.from('\ufeff<Order/>', 'utf16le'), '<Order>'],
    ['JSON', utf8(' {"name": "Anna"}'), 'JSON'],
    ['nothing', new Uint8Array(), 'empty'],
    ['something else, of which nothing is shown', utf8('0001ANNA      4711'), 'neither XML nor JSON'],
  ])('is told of %s', (_, body, expected) => {
    expect(looksLike(body)).toContain(expected);
    expect(looksLike(body)).not.toMatch(/anna/i);
  });
});
