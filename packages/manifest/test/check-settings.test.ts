import { bytes, settings, Type } from '@waybill/contract';
import { type JsonSchema } from '@waybill/contract/host';
import { describe, expect, it } from 'vitest';
import { checkTextSettings } from '../src/check-settings.ts';

const schema = settings({
  lenient: Type.Boolean({ default: false, description: 'Whether surplus elements are let be.' }),
  share: Type.Optional(Type.Integer({ minimum: 1, maximum: 8, description: 'How many at a time.' })),
  sign: Type.Optional(Type.String({ minLength: 2, maxLength: 3, description: 'How it is signed.' })),
  code: Type.Optional(Type.String({ description: 'A text, also where it looks like a number.' })),
  limits: settings(
    {
      depth: Type.Integer({ default: 64, description: 'How deep elements may stand.' }),
      size: bytes({ default: '1MB', description: 'The largest message.' }),
    },
    { description: 'What is too much.', default: {} } as { description: string },
  ),
}) as unknown as JsonSchema;

const check = (given: Readonly<Record<string, string>>) =>
  checkTextSettings(schema, new Map(Object.entries(given)), { path: 'packs.mine', source: '--option', folder: '/' });

describe('settings that are given as texts', () => {
  it('become what a plugin receives', () => {
    expect(check({ lenient: 'true', code: '007', 'limits.depth': '8', 'limits.size': '2KB' })).toEqual({
      settings: { lenient: true, code: '007', limits: { depth: 8, size: 2048 } },
    });
  });

  it('have their defaults where nothing is given', () => {
    expect(check({})).toEqual({ settings: { lenient: false, limits: { depth: 64, size: 1_048_576 } } });
  });

  it.each([
    ['share', ['1', '8'], ['0', '9', '-1', '1.5']],
    ['sign', ['ab', 'abc', '😀😀', '😀😀😀'], ['a', 'abcd', '😀', '😀😀😀😀']],
  ])('may be the least and the most that is allowed, and nothing beyond: %s', (key, fits, wrong) => {
    for (const value of fits) expect([value, check({ [key]: value })]).toMatchObject([value, { settings: {} }]);
    for (const value of wrong)
      expect([value, check({ [key]: value })]).toMatchObject([value, { problems: [{ path: `packs.mine.${key}` }] }]);
  });

  it.each([
    ['lenient', 'perhaps', 'WB_MANIFEST_WRONG_TYPE', 'packs.mine.lenient'],
    ['limits.size', '2K', 'WB_MANIFEST_BAD_VALUE', 'packs.mine.limits.size'],
    ['limits.dept', '2', 'WB_MANIFEST_UNKNOWN_KEY', 'packs.mine.limits.dept'],
    ['lenent', 'true', 'WB_MANIFEST_UNKNOWN_KEY', 'packs.mine.lenent'],
  ])('are refused as in a manifest: %s=%s', (key, value, code, path) => {
    expect(check({ [key]: value })).toMatchObject({ problems: [{ code, path, file: '--option', severity: 'error' }] });
  });
});
