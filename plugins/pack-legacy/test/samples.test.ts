import { typeName } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { faultsAgainst } from './support/conforms.ts';
import { bytesOf, fixture, readBody, sampleFiles, writeAgain } from './support/messages.ts';

const samples = Object.entries(sampleFiles);
const seeds = Array.from({ length: 40 }, (_, seed) => seed);

describe.each(samples)('the sample of %s', (name, file) => {
  const body = fixture(file);
  const { type, read } = readBody(body);

  it('is recognised, and read into what its command or event takes', () => {
    const { commands, event } = pack.messages.find((each) => typeName(each) === name) ?? {};
    expect(typeName(type)).toBe(name);
    expect(faultsAgainst(event?.data ?? commands?.[0]?.input, read.input)).toEqual([]);
  });

  it('is written again as the same text', () => {
    expect(bytesOf(writeAgain(type, read)).toString()).toBe(body.toString());
  });

  it('means the same in EBCDIC, with line ends between its records, and is written without them', () => {
    for (const encoding of ['cp037', 'cp500', 'cp1140']) {
      const written = bytesOf(writeAgain(type, read, { encoding }));
      // 15 is NEL, 25 is LF, and 6E closes a tag.
      const spaced = Buffer.concat(
        Array.from(written, (byte, at) => Buffer.from(byte === 0x6e && written[at + 1] === 0x4c ? [byte, 0x15, 0x40, 0x25] : [byte])),
      );
      for (const bytes of [written, spaced]) expect(readBody(bytes, { encoding }).read).toEqual(read);
      expect(written.some((byte) => byte === 0x15 || byte === 0x25)).toBe(false);
    }
  });
});

describe.each(pack.messages.map((type) => [typeName(type), type] as const))('a message %s that is made up', (name, type) => {
  it('is read into what its command or event takes, and written as the same again', () => {
    for (const seed of seeds) {
      const body = type.sample?.(seed) ?? '';
      expect(type.sample?.(seed)).toBe(body);
      const first = readBody(body);
      expect(typeName(first.type)).toBe(name);
      expect(faultsAgainst(type.event?.data ?? type.commands?.[0]?.input, first.read.input)).toEqual([]);
      const second = readBody(bytesOf(writeAgain(type, first.read)));
      const third = readBody(bytesOf(writeAgain(type, second.read)));
      expect(third.read).toEqual(second.read);
    }
  });

  it('has everything once without a seed', () => {
    const { input } = readBody(type.sample?.() ?? '').read;
    expect(JSON.stringify(input).length).toBeGreaterThan(50);
  });
});
