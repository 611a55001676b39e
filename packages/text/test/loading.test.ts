import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const index = new URL('../src/index.ts', import.meta.url).href;

/** Runs `code` in a process of its own and tells which of the things to be loaded late it has loaded. */
function loadedBy(code: string): readonly string[] {
  const program = `
    import { createRequire } from 'node:module';
    import { decode, encodingOf, toUtf8 } from '${index}';
    const body = new TextEncoder().encode('<?xml version="1.0" encoding="UTF-8"?><a>ä</a>');
    const ascii = new TextEncoder().encode('<a/>');
    ${code}
    const files = Object.keys(createRequire(import.meta.url).cache);
    console.log(JSON.stringify(['iconv-lite', 'ebcdic.json'].filter((name) => files.some((file) => file.includes(name)))));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '--no-warnings', '-e', program], { encoding: 'utf8' });
  return JSON.parse(out) as readonly string[];
}

describe('a process', () => {
  it('that sees only UTF-8 and ASCII loads neither tables nor iconv-lite', () => {
    expect(
      loadedBy(`
        toUtf8(body, encodingOf({ body, contentType: 'text/xml; charset=utf-8' }).encoding);
        toUtf8(body, encodingOf({ body, contentType: 'text/xml' }).encoding);
        toUtf8(ascii, encodingOf({ body: ascii, contentType: 'text/xml; charset=windows-1252' }).encoding);
        decode(Uint8Array.of(0xe4), 'iso-8859-1');`),
    ).toEqual([]);
  });

  it('that sees EBCDIC loads the tables', () => {
    expect(loadedBy(`decode(Uint8Array.of(0x9f), 1140);`)).toEqual(['ebcdic.json']);
  });

  it('that sees another code page loads iconv-lite', () => {
    expect(loadedBy(`toUtf8(Uint8Array.of(0x80), 'windows-1252');`)).toEqual(['iconv-lite']);
  });
});
