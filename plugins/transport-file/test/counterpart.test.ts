import { resolveSettings } from '@waybill/contract/host';
import { describe, expect, it } from 'vitest';
import file from '../src/index.ts';
import { type FolderSettings, type Source, folder as shared, source, type Target, target } from '../src/settings.ts';

const connection = resolveSettings(shared, { path: '/exchange', create: false }, { folder: '/' }) as FolderSettings;
const reader = (endpoint: object) => file.send!.counterpart!(connection, resolveSettings(target, endpoint, { folder: '/' }) as Target);
const writer = (endpoint: object) => file.receive!.counterpart!(connection, resolveSettings(source, endpoint, { folder: '/' }) as Source);

describe('the other side of a folder', () => {
  it.each([
    [
      { folder: 'out', name: 'o-{id}.{type}' },
      { folder: 'out', pattern: 'o-*.*' },
    ],
    [{}, { pattern: '*-*.xml' }],
  ])('reads what %j writes', (entry, endpoint) => {
    expect(reader(entry)).toEqual({ connection, endpoint: { ...endpoint, settle: '0ms', done: 'taken' } });
  });

  it.each([
    [
      { folder: 'in', pattern: 'status-*.x?l' },
      { folder: 'in', name: 'status-{type}-{id}.x0l' },
    ],
    [{ pattern: '*a*' }, { name: '{type}-{id}a' }],
  ])('writes what %j reads', (entry, endpoint) => {
    expect(writer(entry)).toEqual({ connection, endpoint });
  });

  it.each([
    ['one.xml', 'its pattern "one.xml" names one file'],
    ['.h*', 'its pattern ".h*" names hidden files'],
  ])('writes no files for %s', (pattern, why) => {
    expect(writer({ pattern })).toEqual({ impossible: expect.stringContaining(why) as unknown });
  });
});
