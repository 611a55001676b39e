import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../src/smtp/body.ts';
import { bodyFrom, dialogueAt, envelopeTo, transactAt } from './dialogue-at.ts';
import { ada, scripted } from './one-server.ts';

describe('the bytes of a mail', () => {
  it.each([
    ['a bare LF', 'a\nb\r\n', /without CR/],
    ['a bare LF at the start', '\na\r\n', /without CR/],
    ['a bare CR', 'a\rb\r\n', /CR without/],
    ['a bare CR at the end', 'a\r', /CR without/],
    ['the end of a mail for a server that takes bare line ends', 'a\n.\r\nMAIL FROM:<eve@x.test>\r\n', /without CR/],
    ['a NUL', 'a\0b\r\n', /NUL/],
  ])('with %s are refused, not mended', (_, text, why) => {
    expect(bodyOf(Buffer.from(text, 'latin1'))).toEqual({ impossible: expect.stringMatching(why) });
  });

  it.each([
    ['nothing', '', ''],
    ['a line', 'a\r\n', 'a\r\n'],
    ['a dot alone', '.\r\n', '..\r\n'],
    ['dots at line starts', 'a\r\n.b\r\n..\r\n. c.\r\n', 'a\r\n..b\r\n...\r\n.. c.\r\n'],
    ['dots elsewhere', 'a.b\r\nc.\r\n', 'a.b\r\nc.\r\n'],
    ['no line end at the end', 'a\r\n.b', 'a\r\n..b\r\n'],
  ])('with %s go over the wire with a dot before each dot at a line start', (_, text, wire) => {
    expect(Buffer.from(bodyFrom(text).stuffed).toString('latin1')).toBe(wire);
  });

  it('are told to be 8-bit where one of them is', () => {
    expect([bodyFrom('abc\r\n').hasEightBit, bodyFrom('ab\u00fc\r\n').hasEightBit]).toEqual([false, true]);
  });

  it('come out as they went in, whatever lines they have', async () => {
    const server = await scripted([{}]);
    const dialogue = await dialogueAt(server.port);
    const lines = fc.array(fc.stringMatching(/^[.a\u00ff ]{0,4}$/), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(lines, async (all) => {
        const text = all.map((line) => `${line}\r\n`).join('');
        const { fates } = await transactAt(dialogue, envelopeTo([ada]), bodyFrom(text));
        expect(fates.map(({ outcome }) => outcome)).toEqual(['sent']);
        expect(server.seen[0]?.data?.toString('latin1')).toBe(text);
      }),
      { numRuns: 150 },
    );
    expect(server.seen.length).toBe(1);
  });

  it('come out as they went in where they are many', async () => {
    const text = `${'.'.repeat(70)}\r\n`.repeat(5_000);
    const server = await scripted([{}]);
    await transactAt(await dialogueAt(server.port), envelopeTo([ada]), bodyFrom(text));
    expect(server.seen[0]?.data?.toString('latin1')).toBe(text);
  });
});
