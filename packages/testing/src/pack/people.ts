import { type MessagePackDefinition, typeName } from '@waybill/contract';
import { expect } from 'vitest';
import { contextFor, group, optionsOf, type PackHarness, question, readable, refusalOf, snapshot } from './harness.ts';

/** What is written for people: it tells of its event, in the same way each time, and is never taken for a message that somebody could read. */
export function askAboutPeople(pack: MessagePackDefinition, harness: PackHarness): void {
  const options = optionsOf(pack, harness);
  for (const type of pack.messages.filter(({ forPeople }) => forPeople)) {
    const data = (type.event && harness.events?.[type.event.name]) ?? [];
    group(`a message ${typeName(type)} for people`, () => {
      question('tells of an event', () => {
        expect([type.direction, type.event === undefined]).toEqual(['out', false]);
      });

      question('is not read again, and its sample is nobody’s message', () => {
        const sample = type.sample?.() ?? '';
        expect(type.sample?.() ?? '').toBe(sample);
        expect(pack.recognise(readable(sample), options)).toBeUndefined();
        expect(refusalOf(() => pack.read(type, readable(sample), options))?.retryable).toBe(false);
      });

      question('is an error of ours when it is to be composed from nothing that makes sense', () => {
        for (const one of [undefined, null, 42, 'text', [], {}]) {
          expect(refusalOf(() => pack.compose(type, one, contextFor(pack, harness, type)))?.retryable ?? false).toBe(false);
        }
      });

      if (data.length === 0) return;
      question('tells of every event that it was given in the same way each time, and nobody changes its data', () => {
        for (const one of data) {
          const before = snapshot(one);
          const draft = pack.compose(type, one, contextFor(pack, harness, type));
          expect([draft.type, snapshot(one)]).toEqual([type.name, before]);
          expect(pack.compose(type, one, contextFor(pack, harness, type))).toEqual(draft);
        }
      });
    });
  }
}
