import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../src/catalogue.ts';
import { canEncode, decode, encode, encodingOf, errors, firstUnencodable, toUtf8 } from '../src/index.ts';
import { bytes, refusal } from './refusal.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('explains every error code, and no other', () => {
    const named = [...readme.matchAll(/^\| `(WB_TEXT_\w+)` +\|/gm)].map(([, code]) => code);
    expect(named).toEqual(Object.keys(errors));
  });

  it('lists every encoding with its numbers, and no other', () => {
    const [, list = ''] = /with their CCSIDs:\n\n([\s\S]*?)\n\nUTF-32/.exec(readme) ?? [];
    const named = [...list.replaceAll(/\s+/g, ' ').matchAll(/`([^`]+)`(?: \(([\d, ]+)\))?/g)].map(([, name, ccsids]) => [
      name,
      ccsids?.split(', ').map(Number) ?? [],
    ]);
    expect(named).toEqual(catalogue.map(({ name, ccsids }) => [name, ccsids]));
  });

  it('shows examples that do what it says', () => {
    const body = bytes('3c 61 2f 3e');
    expect(encodingOf({ body, contentType: 'text/xml; charset=ISO-8859-1' })).toMatchObject({ encoding: 'iso-8859-1', from: 'transport' });
    expect(toUtf8(body, 'iso-8859-1')).toBe(body);
    expect(encode('€ 184.50', 'IBM-1140')).toEqual(bytes('9f 40 f1 f8 f4 4b f5 f0'));
    expect(decode(Uint8Array.of(0x9f), 1140)).toBe('€');
    expect(canEncode('Łucja', 'cp037')).toBe(false);
    expect(firstUnencodable('Łucja', 'cp037')).toEqual({ character: 'Ł', codePoint: 0x141, offset: 0 });
    expect(refusal(() => encode('Łucja', 'cp037')).code).toBe('WB_TEXT_UNENCODABLE');
  });
});
