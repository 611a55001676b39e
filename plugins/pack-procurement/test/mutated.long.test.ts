import { defineMessagePack, isWaybillError, type MessagePackDefinition, type MessageType } from '@waybill/contract';
import { readDocument } from '@waybill/cxml';
import { mutateMessages } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { chosen, contextWith, textOf } from './support/messages.ts';

// More on demand, since chance finds more the longer it looks:
// WAYBILL_MUTATED=500000 WAYBILL_SEED=7 node_modules/.bin/vitest run --project long plugins/pack-procurement/test/mutated.long.test.ts
const count = Number(process.env['WAYBILL_MUTATED'] ?? 10_000);
const seed = Number(process.env['WAYBILL_SEED'] ?? 1);
/** In milliseconds; a document takes about one where nothing else runs. */
const limit = 300_000 + count * 10;

const outputs: Readonly<Record<string, unknown>> = {
  PunchOutSetupRequest: { startPage: 'https://shop.example/start/1' },
  OrderRequest: { state: 'queued' },
};
const types = pack.messages.filter(({ name }) => Object.hasOwn(outputs, name));

/** The statuses with which a document can be refused that nobody has looked into. */
const refusals = [400, 406, 450, 499];

/** The pack as a kernel uses it: whatever becomes of a document is answered, and the answer is read by its own reader. `messages`: what is changed. */
function answering(messages: readonly MessageType[], strict: boolean, statuses: Map<number, number>): MessagePackDefinition {
  const options = chosen({ strict });
  const answered = (draft: ReturnType<NonNullable<typeof pack.reply>>, expected: readonly number[]): void => {
    const { kind, status } = readDocument(textOf(draft), { strict: true });
    const code = status?.code ?? 0;
    if (kind !== 'response' || !expected.includes(code)) throw new Error(`is answered with ${code}`);
    statuses.set(code, (statuses.get(code) ?? 0) + 1);
  };
  const refused = (error: unknown): void => {
    if (!isWaybillError(error)) throw error;
    answered(pack.replyToUnknown?.(error, contextWith(options)), refusals);
  };
  return defineMessagePack({
    ...pack,
    messages,
    recognise(message) {
      try {
        return pack.recognise(message, options);
      } catch (error) {
        refused(error);
        throw error;
      }
    },
    read(type, message) {
      // Also of what is damaged, and in bounded time.
      pack.conceal?.(message);
      try {
        const read = pack.read(type, message, options);
        if (outputs[type.name] !== undefined)
          answered(pack.reply?.(type, { ok: true, output: outputs[type.name], read }, contextWith(options)), [200, 201]);
        return read;
      } catch (error) {
        if (isWaybillError(error)) answered(pack.reply?.(type, { ok: false, error }, contextWith(options)), refusals);
        throw error;
      }
    },
  });
}

describe(`${count} mutated documents, by the seed ${seed}`, () => {
  it.each([
    ['by their DTD', true],
    ['leniently', false],
  ])(
    'that are read %s are taken or refused, and always answered with a status',
    (_how, strict) => {
      const statuses = new Map<number, number>();
      // Which rules there are to break, the tables say; a lenient reader lets some of that pass.
      const changed = strict ? types : types.map(({ fields: _fields, ...type }) => type);
      const report = mutateMessages(answering(changed, strict, statuses), { count: count / 2, seed, judge: () => undefined });
      const { broken, blind } = report;
      const mistreated = report.mistreated.filter(({ why }) => strict || why !== 'is read');
      expect(mistreated.slice(0, 3).map(({ body, ...told }) => ({ ...told, body: Buffer.from(body).toString() }))).toEqual([]);
      expect([mistreated.length, broken.made + blind.made]).toEqual([0, count / 2]);
      // Were nearly all refused, or nearly all read, little would have been shown.
      expect(Math.min(blind.refused, blind.read)).toBeGreaterThan(count * 0.02);
      expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 406]));
    },
    limit,
  );
});
