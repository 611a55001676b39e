import { type MessagePackDefinition, typeName } from '@waybill/contract';
import { expect } from 'vitest';
import { group, optionsOf, type PackHarness, question, readable, type SampledType, snapshot } from './harness.ts';

export function askAboutReading(pack: MessagePackDefinition, harness: PackHarness, { type, samples }: SampledType): void {
  if (samples.length === 0) return;
  const options = optionsOf(pack, harness);
  group(`a message ${typeName(type)}`, () => {
    question('is recognised, as this type and no other', () => {
      for (const sample of samples) {
        const found = pack.recognise(readable(sample), options);
        expect(found && typeName(found)).toBe(typeName(type));
      }
    });

    question('is recognised by its beginning, whatever the end is like', () => {
      for (const sample of samples.filter(({ length }) => length > 2_000)) {
        const found = pack.recognise(readable(sample.slice(0, 1_500)), options);
        expect(found && typeName(found)).toBe(typeName(type));
      }
    });

    question('is read into values that JSON can hold, and asks for one of the commands of its type', () => {
      for (const sample of samples) {
        const { input, command, surplus } = pack.read(type, readable(sample), options);
        expect(JSON.parse(JSON.stringify({ input, surplus }))).toEqual(withoutUndefined({ input, surplus }));
        if (type.direction === 'in') expect(type.commands?.map(({ name }) => name)).toContain(command);
      }
    });

    question('is read in the same way each time, and nobody changes it', () => {
      for (const sample of samples) {
        const message = readable(sample);
        const first = pack.read(type, message, options);
        const before = snapshot(first);
        const again = pack.read(type, message, options);
        expect([snapshot(again), snapshot(first), Buffer.from(message.body).toString()]).toEqual([before, before, sample]);
        expect(pack.recognise(message, options)).toEqual(pack.recognise(message, options));
      }
    });
  });
}

/** The same value without members that are undefined, which JSON leaves out. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutUndefined(member)]));
}
