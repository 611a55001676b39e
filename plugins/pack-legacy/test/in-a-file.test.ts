import { fileURLToPath } from 'node:url';
import { isWaybillError, type MessagePackDefinition, typeName } from '@waybill/contract';
import { loadMessageFile } from '@waybill/message-files';
import { packSuite } from '@waybill/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { faultsAgainst } from './support/conforms.ts';
import { chosen, contextWith, fixture, messageOf, readBody, sampleFiles, writeAgain } from './support/messages.ts';

// Two messages as a file declares them, beside the same as code declares them: what one form reads, writes or refuses, the other does, too.

const known = {
  commands: pack.messages.flatMap(({ commands = [] }) => commands),
  events: pack.messages.flatMap(({ event }) => event ?? []),
};
const file = loadMessageFile(fileURLToPath(new URL('fixtures/legacy.message.yaml', import.meta.url)), known);
const fromFile = file.pack as MessagePackDefinition;
const sampleOf = (name: string): string => fixture(sampleFiles[name as keyof typeof sampleFiles]).toString('utf8');
const names = fromFile.messages.map(typeName);

packSuite(fromFile, { options: { ...chosen() }, samples: Object.fromEntries(names.map((name) => [name, [sampleOf(name)]])) });

it('the file has no problems', () => {
  expect(file.problems).toEqual([]);
  expect(names).toEqual(['OrderStatusUpdate@02', 'ProductPriceUpdate@02']);
});

/** What a pack makes of a message: what it reads and writes again, or why and where it refuses. */
function outcomeOf(of: MessagePackDefinition, body: string): object {
  const isFile = of === fromFile;
  const message = messageOf(body);
  const options = chosen();
  try {
    const type = of.recognise(message, options as never);
    if (type === undefined) return { unknown: true };
    const { surplus, ...read } = of.read(type, message, options as never);
    // The pack keeps what stands behind the last field in any case; a file says so.
    const kept = (isFile ? surplus?.['unknown'] : surplus) as Readonly<Record<string, string>> | undefined;
    return { type, read, kept, written: text(of.compose(type, read, { ...contextWith(), options: { ...contextWith().options } }).body) };
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    const { code, at, kind } = error;
    // What is wrong with the PROLOG of a message is told by the pack; to a file that message is nobody's.
    if (at === undefined || /^ECEDOC\/PROLOG|^ECEDOC,/.test(at)) return { unknown: true };
    // The pack has a code of its own for what is wrong with the build of a message, and words of its own for a rule.
    const isOfBuild = code === 'WB_LEGACY_MALFORMED' || code === 'WB_RECORD_WRONG_CONSTANT' || at.includes('/NC_FieldLength');
    return isOfBuild ? { at } : { code, at, kind };
  }
}

function text(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

it.each([
  ['os02-surplus.bin', 'utf-8'],
  ['os02-037-awkward-user-data.bin', 'cp037'],
  ['pp02-500-brackets.bin', 'cp500'],
])('%s, which a back end has sent, means the same in both forms', (name, encoding) => {
  const sent = readBody(fixture(name), { encoding });
  const body = text(writeAgain(sent.type, sent.read).body);
  const outcome = outcomeOf(fromFile, body);
  expect(outcome).toMatchObject({ read: { input: sent.read.input }, kept: sent.read.surplus });
  // A file does not write back what has no place in it.
  expect({ ...outcome, written: '' }).toEqual({ ...outcomeOf(pack, body), written: '' });
});

describe.each(fromFile.messages.map((type) => [typeName(type), type] as const))('%s, declared in a file and in code', (name, type) => {
  const sample = sampleOf(name);
  const inCode = pack.messages.find((each) => typeName(each) === name);

  it('reads and writes the sample alike', () => {
    expect(outcomeOf(fromFile, sample)).toEqual(outcomeOf(pack, sample));
    expect(outcomeOf(fromFile, sample)).toHaveProperty('written', sample);
  });

  it('reads and writes alike what is made up by either', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      for (const made of [inCode?.sample?.(seed) ?? '', type.sample?.(seed) ?? '']) {
        const outcome = outcomeOf(fromFile, made);
        expect(outcome).toEqual(outcomeOf(pack, made));
        expect(outcome).toHaveProperty('written', made);
      }
    }
  });

  it('gives what the command takes', () => {
    const [command] = type.commands ?? [];
    for (let seed = 0; seed < 50; seed += 1) {
      const { read } = outcomeOf(fromFile, type.sample?.(seed) ?? '') as { readonly read: { readonly input: unknown } };
      expect(faultsAgainst(command?.input, read.input)).toEqual([]);
    }
  });

  it('refuses alike, at the same place, what was damaged', () => {
    let [refused, taken] = [0, 0];
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('drop', 'add', 'blank', 'letter', 'cut', 'twice', 'swap'),
        (seed, where, length, how) => {
          const body = damaged(inCode?.sample?.(seed) ?? '', { where, length, how });
          const outcome = outcomeOf(fromFile, body);
          if ('written' in outcome) taken += 1;
          else refused += 1;
          expect(outcome).toEqual(outcomeOf(pack, body));
        },
      ),
      { numRuns: 600 },
    );
    expect(refused).toBeGreaterThan(100);
    expect(taken).toBeGreaterThan(20);
  });
});

interface Damage {
  readonly where: number;
  readonly length: number;
  readonly how: string;
}

/** Changes some characters of a message behind its PROLOG. */
function damaged(body: string, { where, length, how }: Damage): string {
  const first = body.indexOf('</PROLOG>') + 9;
  const from = first + (where % (body.length - first));
  const to = Math.min(body.length, from + 1 + (length % 20));
  const [before, part, after] = [body.slice(0, from), body.slice(from, to), body.slice(to)];
  const changed: Readonly<Record<string, string>> = {
    drop: before + after,
    add: `${before} ${part}${after}`,
    blank: before + part.replaceAll(/[^<>/]/g, ' ') + after,
    letter: before + part.replaceAll(/[0-9 ]/g, 'x') + after,
    cut: before,
    twice: before + part + part + after,
    swap: before + after.slice(0, part.length) + part + after.slice(part.length),
  };
  return changed[how] ?? body;
}
