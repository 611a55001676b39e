import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBytes, readDuration, resolveSettings, secretPaths, writtenSettings } from '../../src/host.ts';
import { bytes, duration, path, secret, settings, Type } from '../../src/index.ts';

const text = (description: string) => ({ description });
const folder = '/srv/shop';

describe('a duration', () => {
  it.each([
    ['250ms', 250],
    ['2s', 2_000],
    ['5m', 300_000],
    ['3h', 10_800_000],
    ['1d', 86_400_000],
    ['0ms', 0],
  ])('%s is %d milliseconds', (written, milliseconds) => expect(readDuration(written)).toBe(milliseconds));

  it.each(['', '5', 's', '-1s', '1.5s', '5 s', '1w', '1toString'])('is not written %j', (written) =>
    expect(readDuration(written)).toBeUndefined(),
  );
});

describe('an amount of data', () => {
  it.each([
    ['512B', 512],
    ['64KB', 65_536],
    ['10MB', 10_485_760],
    ['1GB', 1_073_741_824],
  ])('%s is %d bytes', (written, count) => expect(readBytes(written)).toBe(count));

  it.each(['10mb', '10', 'MB', '1TB'])('is not written %j', (written) => expect(readBytes(written)).toBeUndefined());
});

describe('settings that reach a plugin', () => {
  const schema = settings({
    every: duration({ ...text('How often.'), default: '1s' }),
    limit: bytes({ ...text('How much.'), default: '10MB' }),
    place: path(text('Where.')),
    name: Type.Optional(Type.String(text('Its name.'))),
    pool: settings({ size: Type.Integer({ ...text('How many.'), default: 4 }), idle: duration({ ...text('How long.'), default: '30s' }) }, {
      default: {},
    } as object),
    hosts: Type.Optional(Type.Array(settings({ wait: duration(text('How long.')) }))),
    users: Type.Optional(Type.Record(Type.String(), settings({ expires: duration(text('When.')) }))),
  });

  it('have defaults filled in, units converted and paths made absolute', () => {
    expect(resolveSettings(schema, { place: 'data/in', every: '5m' }, { folder })).toEqual({
      every: 300_000,
      limit: 10_485_760,
      place: join(folder, 'data/in'),
      pool: { size: 4, idle: 30_000 },
    });
  });

  it('are converted inside lists and records', () => {
    const resolved = resolveSettings(
      schema,
      { place: '/a', hosts: [{ wait: '1s' }, { wait: '2s' }], users: { erp: { expires: '1d' } } },
      { folder },
    );
    expect(resolved).toMatchObject({ hosts: [{ wait: 1_000 }, { wait: 2_000 }], users: { erp: { expires: 86_400_000 } } });
  });

  it('keep an absolute path', () => {
    expect(resolveSettings(schema, { place: '/var/in' }, { folder })).toMatchObject({ place: '/var/in' });
  });

  it('are not changed in place', () => {
    const given = Object.freeze({ place: 'in' });
    resolveSettings(schema, given, { folder });
    expect(given).toEqual({ place: 'in' });
  });

  it('take the branch of a union that fits', () => {
    const union = Type.Union([
      Type.Literal('none'),
      settings({ basic: settings({ wait: duration(text('How long.')) }) }),
      settings({ bearer: settings({ wait: bytes(text('How much.')) }) }),
    ]);
    expect(resolveSettings(union, { bearer: { wait: '1KB' } }, { folder })).toEqual({ bearer: { wait: 1024 } });
    expect(resolveSettings(union, { basic: { wait: '1s' } }, { folder })).toEqual({ basic: { wait: 1000 } });
    expect(resolveSettings(union, 'none', { folder })).toBe('none');
  });
});

describe('settings that a plugin has', () => {
  const tls = settings({ ttl: duration(text('How long.')) });
  const schema = settings({
    every: duration(text('How often.')),
    limits: Type.Array(bytes(text('How much.')), text('Several.')),
    tries: Type.Integer(text('How often.')),
    name: Type.Optional(Type.String(text('Its name.'))),
    auth: Type.Union([Type.Literal('none'), settings({ tls })], text('Who.')),
    waits: Type.Unsafe<Record<string, number>>({
      type: 'object',
      patternProperties: { '^w': duration(text('A wait.')) },
      ...text('Waits.'),
    }),
  });

  it('are written as a manifest has them, and mean the same again', () => {
    const had = { every: 1_500, limits: [512, 0], tries: 3, name: undefined, auth: { tls: { ttl: 2_000 } }, waits: { w1: 5 } };
    const written = { every: '1500ms', limits: ['512B', '0B'], tries: 3, auth: { tls: { ttl: '2000ms' } }, waits: { w1: '5ms' } };
    expect(writtenSettings(schema, had)).toStrictEqual(written);
    expect(resolveSettings(schema, written, { folder })).toEqual(had);
    expect(writtenSettings(schema, { ...had, auth: 'none' })).toStrictEqual({ ...written, auth: 'none' });
  });
});

describe('secrets', () => {
  it('are found wherever they are in a schema', () => {
    const schema = settings({
      password: secret(text('The password.')),
      auth: Type.Union([Type.Literal('none'), settings({ tokens: Type.Record(Type.String(), secret(text('A token.'))) })]),
      hosts: Type.Array(settings({ key: secret(text('The key.')), name: Type.String(text('Its name.')) })),
    });
    expect(secretPaths(schema)).toEqual(['password', 'auth.tokens.*', 'hosts.*.key']);
  });
});
