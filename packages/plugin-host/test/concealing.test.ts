import { describe, expect, it } from 'vitest';
import { concealed } from '../src/packs/concealing.ts';
import { Readable } from '../src/packs/readable.ts';
import { lettersPack } from './letters.ts';

const text = 'Grüße key=secret';
const masked = 'Grüße key=***';
const messageOf = (body: Uint8Array, contentType?: string) => ({ id: 'm', createdAt: 0, body, contentType, properties: {} });

function shown(body: Uint8Array, contentType?: string, pack = lettersPack()) {
  const message = messageOf(body, contentType);
  return Buffer.from(concealed([pack], new Readable(message)).body);
}

describe('a body that is masked', () => {
  it.each<[string, string, BufferEncoding, string | undefined]>([
    ['UTF-8', '', 'utf8', undefined],
    ['UTF-8 with a mark', '\ufeff', 'utf8', undefined],
    ['UTF-8 with a mark that overrules a charset', '\ufeff', 'utf8', 'text/plain; charset=iso-8859-1'],
    ['UTF-16 with a mark', '\ufeff', 'utf16le', undefined],
    ['UTF-16 by its charset', '', 'utf16le', 'text/plain; charset=utf-16le'],
    ['ISO-8859-1', '', 'latin1', 'text/plain; charset=iso-8859-1'],
  ])('stays in %s', (_, mark, encoding, contentType) => {
    expect(shown(Buffer.from(mark + text, encoding), contentType)).toEqual(Buffer.from(mark + masked, encoding));
  });

  it.each<[string, Buffer]>([
    ['single bytes', Buffer.from('key=secret')],
    ['UTF-16', Buffer.from('key=secret', 'utf16le')],
    ['UTF-32', Buffer.from(Uint32Array.from(Buffer.from('key=secret')).buffer)],
  ])('is masked in an encoding that nobody knows, in %s', (_, body) => {
    expect(shown(body, 'text/plain; charset=martian').toString()).toBe('key=***');
  });

  it('keeps every other byte where nobody knows the encoding', () => {
    const body = Buffer.concat([Buffer.from([0x80, 0xff, 0xe9]), Buffer.from('key=secret')]);
    expect(shown(body, 'a/b; charset=martian')).toEqual(Buffer.concat([Buffer.from([0x80, 0xff, 0xe9]), Buffer.from('key=***')]));
  });

  it('comes to a pack that wants bytes as it is, with an encoding in any case', () => {
    const seen: string[] = [];
    const pack = lettersPack({ wants: 'bytes', conceal: ({ body, encoding }) => void seen.push(`${encoding} ${body.length}`) });
    for (const contentType of ['text/plain; charset=utf-16le', 'text/plain; charset=martian']) shown(Buffer.from('ab'), contentType, pack);
    expect(seen).toEqual(['utf-16le 2', 'iso-8859-1 2']);
  });

  it('is the message itself where nothing is in it', () => {
    const message = messageOf(Buffer.from('nothing'));
    expect(concealed([lettersPack()], new Readable(message))).toBe(message);
  });

  it('is masked by each of several packs', () => {
    const other = lettersPack({ conceal: ({ body }) => Buffer.from(Buffer.from(body).toString().replace('Grüße', '…')) });
    expect(Buffer.from(concealed([lettersPack(), other], new Readable(messageOf(Buffer.from(text)))).body).toString()).toBe('… key=***');
  });

  it('is nothing where the pack fails', () => {
    const broken = lettersPack({
      conceal: () => {
        throw new TypeError('a defect');
      },
    });
    expect(() => shown(Buffer.from(text), undefined, broken)).toThrow(expect.objectContaining({ code: 'WB_PACK_FAILED' }));
  });
});
