import { fileURLToPath } from 'node:url';
import { isWaybillError, type MessagePackDefinition, typeName } from '@waybill/contract';
import { loadMessageFile } from '@waybill/message-files';
import { packSuite } from '@waybill/testing';
import type { Choose } from '@waybill/values';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUp } from '../src/binding.ts';
import { bindings } from '../src/catalogue.ts';
import pack from '../src/index.ts';
import { answers, chosen, context, messageOf, sampleOf } from './support/messages.ts';

// Three messages as a file declares them, beside the same as code declares them: what one form reads, writes or refuses, the other does, too.

const known = {
  commands: pack.messages.flatMap(({ commands = [] }) => commands),
  events: pack.messages.flatMap(({ event }) => event ?? []),
};
const file = loadMessageFile(fileURLToPath(new URL('fixtures/fulfillment.message.yaml', import.meta.url)), known);
const fromFile = file.pack as MessagePackDefinition;

packSuite(fromFile, {
  options: { ...chosen() },
  samples: {
    'Update_WCS_OrderStatus@3.0': [sampleOf('Update_WCS_OrderStatus')],
    'Update_WCS_ProductInventory@2.0': [sampleOf('Update_WCS_ProductInventory')],
    'Inquire_WCS_PickPackListDetail@1.0': [sampleOf('Inquire_WCS_PickPackListDetail')],
  },
});

it('the file has no problems', () => {
  expect(file.problems).toEqual([]);
});

/** What a pack makes of a document: what it reads and writes again, or why and where it refuses. */
function outcomeOf(of: MessagePackDefinition, body: string, settings: object = {}): object {
  const message = messageOf(body);
  const options = chosen(settings);
  try {
    const type = of.recognise(message, options);
    if (type === undefined) return { unknown: true };
    const read = of.read(type, message, options);
    return { type, read, written: of.compose(type, read, context).body };
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    const { code, at, kind, hint } = error;
    // Each pack has codes of its own for what no document is to blame for.
    return code.startsWith('WB_XML') ? { code, at, kind, hint, message: error.message } : { at, kind, hint, message: error.message };
  }
}

describe.each(fromFile.messages.map((type) => [typeName(type), type] as const))('%s, declared in a file and in code', (name, type) => {
  const sample = sampleOf(type.name);
  const message = bindings.find((each) => typeName(each.type) === name)?.message;
  const made = (choose: Choose) => madeUp(message as never, choose);

  it('reads and writes the sample alike', () => {
    expect(outcomeOf(fromFile, sample)).toEqual(outcomeOf(pack, sample));
    expect(outcomeOf(fromFile, sample)).toHaveProperty('written');
  });

  it('reads and writes alike whatever can be written', () => {
    fc.assert(
      fc.property(answers, (choose) => {
        const body = made(choose);
        expect(outcomeOf(fromFile, body)).toEqual(outcomeOf(pack, body));
      }),
      { numRuns: 150 },
    );
  });

  it('refuses alike, at the same place, what was damaged', () => {
    let refused = 0;
    fc.assert(
      fc.property(
        answers,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('drop', 'double', 'empty', 'rename', 'attribute', 'swap'),
        (choose, where, other, how) => {
          const body = damaged(made(choose), { where, other, how });
          const outcome = outcomeOf(fromFile, body);
          if (!('written' in outcome)) refused += 1;
          expect(outcome).toEqual(outcomeOf(pack, body));
        },
      ),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(50);
  });
});

type How = 'drop' | 'empty' | 'rename' | 'attribute' | 'swap';
const hows: readonly How[] = ['drop', 'empty', 'rename', 'attribute', 'swap'];

/** With the damage that makes a difference there, which is done half of the time. */
describe.each<[string, object, How]>([
  ['what is unknown is ignored', { lenient: { unknown: 'ignore' } }, 'rename'],
  ['what is unknown is passed on', { lenient: { unknown: 'pass' } }, 'attribute'],
  ['any order is allowed', { lenient: { order: 'any' } }, 'swap'],
  ['everything is let pass', { lenient: { unknown: 'pass', order: 'any' } }, 'attribute'],
  ['an empty element clears data', { emptyElementClearsData: true }, 'empty'],
  ['documents are small', { limits: { elements: 25, textLength: 30 } }, 'drop'],
])('an entry by which %s', (_what, settings, telling) => {
  it('reads and refuses alike in both forms', () => {
    let differs = 0;
    const names = fromFile.messages.map(typeName);
    const message = (name: string) => bindings.find((each) => typeName(each.type) === name)?.message;
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        answers,
        fc.nat(),
        fc.nat(),
        fc.oneof(fc.constant(telling), fc.constantFrom(...hows)),
        (name, choose, where, other, how) => {
          const body = damaged(madeUp(message(name) as never, choose), { where, other, how });
          const outcome = outcomeOf(fromFile, body, settings);
          expect(outcome).toEqual(outcomeOf(pack, body, settings));
          if (JSON.stringify(outcome) !== JSON.stringify(outcomeOf(fromFile, body))) differs += 1;
        },
      ),
      { numRuns: 120 },
    );
    expect(differs).toBeGreaterThan(0);
  });
});

/** Breaks one line of a document, or two. */
function damaged(body: string, { where, other, how }: { readonly where: number; readonly other: number; readonly how: string }): string {
  const lines = body.split('\n');
  // The declaration and the DOCTYPE are no affair of a message.
  const at = 2 + (where % Math.max(1, lines.length - 2));
  const beside = 2 + (other % Math.max(1, lines.length - 2));
  const line = lines[at] ?? '';
  const changed: Readonly<Record<string, readonly string[]>> = {
    drop: [],
    double: [line, line],
    empty: [line.replace(/>[^<]*</, '><')],
    rename: [line.replaceAll(/(<\/?)([A-Za-z])/g, '$1x$2')],
    attribute: [line.replace(/^(\s*<[A-Za-z_]+)/, '$1 more="x"')],
    swap: [lines[beside] ?? ''],
  };
  return lines
    .map((each, index) => (how === 'swap' && index === beside ? line : each))
    .flatMap((each, index) => (index === at ? (changed[how] ?? [each]) : [each]))
    .join('\n');
}
