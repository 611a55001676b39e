import { describe, expect, it } from 'vitest';
import { Taking } from '../src/packs/taking.ts';
import { knownOf, lettersPack } from './letters.ts';

const letters = lettersPack();
const others = lettersPack({ name: 'others', messages: [{ name: 'Other', version: '1', direction: 'in', summary: 'Another.' }] });
const mute = lettersPack({ name: 'mute', replyToUnknown: undefined, conceal: undefined });
const letter = { name: 'Letter', version: '1' };
const other = { name: 'Other', version: '1' };

function taking(packs: readonly (typeof letters)[], messages: Parameters<typeof entryOf>[0], waits = true) {
  return new Taking(packs, entryOf(messages, waits));
}

function entryOf(messages: readonly (typeof letter)[] | undefined, waits: boolean) {
  return { messages, connection: { plugin: { card: { receive: { guarantees: { waits } } } } } } as never;
}

describe('what nobody recognises', () => {
  it('is answered where the entry takes messages of one pack alone', () => {
    expect(taking([letters, others], [letter]).answersFor(undefined)).toBe(letters);
    expect(taking([letters], undefined).answersFor(undefined)).toBe(letters);
    for (const messages of [[letter, other], undefined]) expect(taking([letters, others], messages).answersFor(undefined)).toBeUndefined();
    expect(taking([mute], undefined).answersFor(undefined)).toBeUndefined();
  });

  it('is what another pack knows, too, and not what the pack itself takes', () => {
    const entry = taking([letters, others], [letter]);
    expect(entry.answersFor(knownOf(others, 'Other'))).toBe(letters);
    expect(entry.answersFor(knownOf(letters, 'Letter'))).toBeUndefined();
  });

  it('is what is only ever sent out, for senders who wait, and for nobody else', () => {
    expect(taking([letters], [letter]).answersFor(knownOf(letters, 'Sent'))).toBe(letters);
    expect(taking([letters], [letter], false).answersFor(knownOf(letters, 'Sent'))).toBeUndefined();
  });
});

describe('an entry', () => {
  it('conceals where it takes messages of a pack that does', () => {
    expect(taking([letters, mute], [letter]).conceal).toBeDefined();
    expect(taking([mute], undefined).conceal).toBeUndefined();
    expect(taking([letters, others], [other]).conceal).toBeDefined();
    expect(taking([letters], [{ name: 'Sent', version: '1' }]).conceal).toBeUndefined();
  });
});
