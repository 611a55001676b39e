import { type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { mutateMessages } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import type { MessageTable } from '../src/layouts/message.ts';
import { tables } from '../src/tables.ts';
import { bytesInUse } from './support/memory.ts';
import { bytesOf, chosen, fixture, readBody, sampleFiles, writeAgain } from './support/messages.ts';
import { misplacedIn } from './support/widths.ts';

// More on demand, since chance finds more the longer it looks, here and of the other pack:
// WAYBILL_MUTATED=50000 WAYBILL_SEED=7 node_modules/.bin/vitest run --project long plugins/pack-{fulfillment,legacy}/test/mutated.long.test.ts
const count = Number(process.env['WAYBILL_MUTATED'] ?? 20_000);
/** In milliseconds; a message takes less than one where nothing else runs. */
const limit = 300_000 + count * 10;
const seed = Number(process.env['WAYBILL_SEED'] ?? 1);

/** Whatever is read is as wide as its table says, and says the same when it is written and read again. */
function judge(type: MessageType, body: Uint8Array, read: ReadMessage): string | undefined {
  const misplaced = misplacedIn(body, tables[typeName(type)] as MessageTable);
  if (misplaced !== undefined) return misplaced;
  // Positions in an order are counted anew.
  const first = type.direction === 'in' ? read : readBody(bytesOf(writeAgain(type, read))).read;
  const again = readBody(bytesOf(writeAgain(type, first))).read;
  return JSON.stringify(again) === JSON.stringify(first) ? undefined : 'is not the same when it is written and read again';
}

describe(`${count} mutated messages of tagged segments, by the seed ${seed}`, () => {
  it(
    'are refused where they break a rule, and are else refused, left to others, or as wide as their tables say',
    () => {
      const inUse: number[] = [];
      const { broken, blind, types, mistreated } = mutateMessages(pack, {
        count,
        seed,
        judge,
        options: { ...chosen() },
        samples: Object.fromEntries(Object.entries(sampleFiles).map(([type, file]) => [type, [fixture(file).toString('utf8')]])),
        everyThousand: () => inUse.push(bytesInUse()),
      });
      expect(mistreated.map(({ body, ...told }) => ({ ...told, body: Buffer.from(body).toString() }))).toEqual([]);
      expect([broken.made + blind.made, broken.refused]).toEqual([count, broken.made]);
      expect(Object.keys(types)).toHaveLength(pack.messages.length);
      // Were nearly all refused, or nearly all read, little would have been shown.
      expect(Math.min(blind.refused, blind.read)).toBeGreaterThan(count * 0.05);
      expect(Math.max(...inUse.slice(-3)) - Math.max(...inUse.slice(1, 4))).toBeLessThan(4_000_000);
    },
    limit,
  );
});
