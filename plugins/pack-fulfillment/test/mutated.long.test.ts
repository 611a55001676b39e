import { isDeepStrictEqual } from 'node:util';
import { MessageError, type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { mutateMessages } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { SecondJudge } from '../../../packages/xml/test/support/second-judge.ts';
import pack from '../src/index.ts';
import { bytesInUse } from './support/memory.ts';
import { chosen, context, readBody, textOf } from './support/messages.ts';

// More on demand, since chance finds more the longer it looks, here and of the other pack:
// WAYBILL_MUTATED=50000 WAYBILL_SEED=7 node_modules/.bin/vitest run --project long plugins/pack-{fulfillment,legacy}/test/mutated.long.test.ts
const count = Number(process.env['WAYBILL_MUTATED'] ?? 20_000);
/** In milliseconds; a message takes less than one where nothing else runs. */
const limit = 300_000 + count * 10;
const seed = Number(process.env['WAYBILL_SEED'] ?? 1);

const judges = new Map(
  await Promise.all(pack.messages.map(async (type) => [typeName(type), new SecondJudge((await type.grammar?.())?.text ?? '')] as const)),
);

/** A DTD cannot declare elements of any name, which the error has. */
const ofAnyName = /^(?:is not valid: )?No declaration for element \S+$/;

function judge(type: MessageType, body: Uint8Array, read: ReadMessage): string | undefined {
  const found = judges.get(typeName(type))?.faultOf(body)?.trimEnd().split('\n') ?? [];
  const faults = type.name === 'WCS_Error' ? found.filter((each) => !ofAnyName.test(each)) : found;
  return faults.length === 0 ? changedIn(type, read) : faults.join('\n');
}

/** What is read says the same when it is written and read again. An order is completed when it is written: writable.long.test.ts asks about it. */
function changedIn(type: MessageType, { input, command }: ReadMessage): string | undefined {
  if (type.name === 'Report_NC_PurchaseOrder') return undefined;
  try {
    const again = readBody(textOf(pack.compose(type, type.direction === 'in' ? { input, command } : input, context))).read;
    if (isDeepStrictEqual([again.input, again.command], [input, command])) return undefined;
    return `says something else when it is written and read again: ${JSON.stringify([input, again.input])}`;
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    return `cannot be written or read again: ${error.message} ${error.at}`;
  }
}

describe(`${count} mutated documents, by the seed ${seed}`, () => {
  it(
    'are refused where they break a rule, and are else refused, left to others, or valid by their DTD',
    () => {
      const inUse: number[] = [];
      const { broken, blind, types, mistreated } = mutateMessages(pack, {
        count,
        seed,
        judge,
        options: { ...chosen() },
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
