import fulfillment from '@waybill/pack-fulfillment';
import legacy from '@waybill/pack-legacy';
import { describe, expect, it } from 'vitest';
import { defaultsOf, readingOf, writtenFor } from '../../src/simulate/far-sides/pack-settings.ts';

const packs = [fulfillment, legacy];
const written = (settings: object) => ({ packs: { legacy: { ...defaultsOf(legacy), ...settings }, fulfillment: defaultsOf(fulfillment) } });

describe('what the far side sets for packs', () => {
  it('is nothing where the manifest sets nothing', () => {
    expect(readingOf(packs, written({}))).toEqual({});
  });

  it('is the encoding of what is written, and what reading has a setting for as well', () => {
    expect(readingOf(packs, written({ encoding: 'cp037', units: 'bytes', truncate: true }))).toEqual({
      encoding: 'cp037',
      packs: { legacy: { units: 'bytes' } },
    });
  });

  it('is what the entry reads with, where something is written for it', () => {
    const entry = { packs: { legacy: { units: 'bytes' } }, encoding: 'cp500' };
    expect(writtenFor(legacy, entry)).toMatchObject({ units: 'bytes', encoding: 'cp500' });
    expect(writtenFor(legacy, { packs: {}, encoding: undefined })).toEqual(defaultsOf(legacy));
  });
});
