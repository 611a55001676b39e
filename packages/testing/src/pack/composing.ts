import { type Draft, isWaybillError, type MessagePackDefinition, type MessageType, type ReadMessage, typeName } from '@waybill/contract';
import { expect } from 'vitest';
import { contextFor, group, optionsOf, type PackHarness, question, readable, type SampledType, snapshot } from './harness.ts';

export function askAboutComposing(pack: MessagePackDefinition, harness: PackHarness, { type, samples }: SampledType): void {
  const data = (type.event && harness.events?.[type.event.name]) ?? [];
  if (samples.length === 0 && data.length === 0) return;
  group(`a message ${typeName(type)} that is composed`, () => {
    if (samples.length > 0) askAboutWriting(pack, harness, type, samples);
    if (data.length > 0) askAboutEvents(pack, harness, type, data);
  });
}

/** What `compose` makes this message from, see `MessagePackSpec.compose`. */
function dataOf({ direction }: MessageType, { command, input, credentials }: ReadMessage): unknown {
  return direction === 'in' ? { command, input, credentials } : input;
}

/** The draft of a message; undefined where the pack does not compose messages of this type. */
function draftOf(pack: MessagePackDefinition, harness: PackHarness, type: MessageType, data: unknown): Draft | undefined {
  try {
    const draft = pack.compose(type, data, contextFor(pack, harness, type));
    return draft.type === type.name ? draft : undefined;
  } catch (error) {
    // The kernel composes events, so that these have to be written.
    if (type.event || !isWaybillError(error)) throw error;
    return undefined;
  }
}

function askAboutWriting(pack: MessagePackDefinition, harness: PackHarness, type: MessageType, samples: readonly string[]): void {
  const options = optionsOf(pack, harness);

  question('holds what was read from the message that it is made like', () => {
    for (const sample of samples) {
      const read = pack.read(type, readable(sample), options);
      const draft = draftOf(pack, harness, type, dataOf(type, read));
      if (draft === undefined) continue;
      const message = readable(draft.body);
      const found = pack.recognise(message, options);
      expect(found && typeName(found)).toBe(typeName(type));
      const again = pack.read(type, message, options);
      expect([again.input, again.command]).toEqual([read.input, read.command]);
    }
  });

  question('is written in the same way each time, and nobody changes what it is made from', () => {
    for (const sample of samples) {
      const data = dataOf(type, pack.read(type, readable(sample), options));
      const before = snapshot(data);
      const draft = draftOf(pack, harness, type, data);
      if (draft === undefined) continue;
      expect(draftOf(pack, harness, type, data)).toEqual(draft);
      expect(snapshot(data)).toBe(before);
      expect(draft.contentType).toMatch(/^[a-z]+\/[a-z0-9.+-]+/);
    }
  });
}

function askAboutEvents(pack: MessagePackDefinition, harness: PackHarness, type: MessageType, data: readonly unknown[]): void {
  question('tells of every event that it was given, and holds its data', () => {
    const options = optionsOf(pack, harness);
    for (const one of data) {
      const before = snapshot(one);
      const draft = pack.compose(type, one, contextFor(pack, harness, type));
      expect(draft.type).toBe(type.name);
      expect(pack.read(type, readable(draft.body), options).input).toEqual(JSON.parse(before));
      expect(snapshot(one)).toBe(before);
    }
  });
}
