import { defineMessagePack, MessageError, type MessagePackDefinition } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { type MutationOptions, mutateMessages } from '../src/pack/mutating/run.ts';
import { parcelPack, type Slip } from './broken-packs/parcel.ts';

const run = (pack: MessagePackDefinition, options: Partial<MutationOptions> = {}) =>
  mutateMessages(pack, { count: 900, judge: () => undefined, ...options });

/** What is told of a pack of parcels, each kind of it once. */
const told = (slips: readonly Slip[]): ReadonlySet<string> =>
  new Set(run(parcelPack('suite-parcels', slips)).mistreated.map(({ mutation, why }) => `${mutation}: ${why}`));

describe('messages that something is wrong with', () => {
  it('are all treated as they should be by a strict pack', () => {
    const { broken, blind, types, mistreated } = run(parcelPack('suite-parcels'));
    expect(mistreated).toEqual([]);
    expect(broken).toEqual({ made: 300, refused: 300 });
    expect(blind).toMatchObject({ made: 600, refused: expect.any(Number) as number });
    expect(blind.refused + blind.foreign + blind.read).toBe(600);
    expect(Math.min(blind.refused, blind.foreign, blind.read)).toBeGreaterThan(20);
    expect(types).toEqual({ 'Suite_Parcel@1.0': 900 });
  });

  it('are the same for the same seed, and others for another', () => {
    const bodies = (seed: number): string[] => {
      const seen: string[] = [];
      const judge = (_type: unknown, body: Uint8Array) => void seen.push(Buffer.from(body).toString('latin1'));
      run(parcelPack('suite-parcels'), { seed, judge });
      return seen;
    };
    expect(bodies(7)).toEqual(bodies(7));
    expect(bodies(7)).not.toEqual(bodies(8));
  });

  it.each<[Slip, string]>([
    ['length', 'Number: a text that is too long: is read'],
    ['count', 'Line: 3 of it: is read'],
    ['order', 'Line: before Number: is read'],
    ['constant', 'Version: another text: is read'],
    ['missing', 'Line/Sku: left out: is read'],
    ['stranger', 'Line: a part that it does not have: is read'],
  ])('are told where they break a rule and are read all the same: %s', (slip, expected) => {
    expect(told([slip])).toContain(expected);
  });

  it('are told where the second judge does not agree', () => {
    const { blind, mistreated } = run(parcelPack('suite-parcels'), { judge: () => 'is no parcel' });
    expect(new Set(mistreated.map(({ why }) => why))).toEqual(new Set(['is no parcel']));
    expect(mistreated).toHaveLength(blind.read);
  });

  it('are told where something else is thrown than a final error of ours', () => {
    const strict = parcelPack('suite-parcels');
    const careless = defineMessagePack({
      ...strict,
      read(type, message, options) {
        if (Buffer.from(message.body).includes('&')) throw new RangeError('There is an entity.');
        return strict.read(type, message, options as never);
      },
    });
    expect(run(careless).mistreated.map(({ why }) => why)).toContain('throws RangeError: There is an entity.');
  });

  it('are told where more is read from them than they can say, and where an error is told at length', () => {
    const strict = parcelPack('suite-parcels');
    const wordy = defineMessagePack({
      ...strict,
      read(type, message, options) {
        const { length } = message.body;
        if (length % 2 === 0) throw new MessageError('WB_SUITE_PACK_WORDY', 'No. '.repeat(2_000), { at: 'Suite_Parcel' });
        return { ...strict.read(type, message, options as never), input: 'x'.repeat(20_000) };
      },
    });
    const told = new Set(run(wordy).mistreated.map(({ why }) => why.replaceAll(/\d+/g, 'n')));
    expect(told).toContain('is refused with WB_SUITE_PACK_WORDY, in n characters');
    expect(told).toContain('says n characters, out of n');
  });
});
