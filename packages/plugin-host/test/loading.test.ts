import { defineMessagePack, defineTransport, settings } from '@waybill/contract';
import { checkManifest, readManifest } from '@waybill/manifest';
import { memoryJournalPlugin, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { givenPlugins, loadPlugins } from '../src/loading/plugins.ts';

const packNamed = (name: string) =>
  defineMessagePack({ name, summary: 'Knows nothing.', messages: [], recognise: () => undefined, read: never, compose: never });

function never(): never {
  throw new TypeError('Nothing is read or composed here.');
}

function manifestWith(...definitions: readonly unknown[]) {
  const parts = { name: 'test', plugins: [], journal: { use: 'memory' }, connections: { local: { transport: 'memory' } } };
  const checked = checkManifest(readManifest(parts), { given: givenPlugins(definitions) });
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.manifest;
}

const other = defineTransport({ name: 'other', summary: 'Reaches nothing.', connection: settings({}), connect: async () => undefined });

describe('loading plugins', () => {
  it('begins with what takes time to open, and tells of each as soon as it is there', async () => {
    const manifest = manifestWith(packNamed('second'), other, packNamed('first'), memoryTransport().transport, memoryJournalPlugin);
    const told: string[] = [];
    await loadPlugins(manifest, (definition) => told.push((definition as { readonly name: string }).name));
    expect(told).toEqual(['memory', 'other', 'memory', 'second', 'first']);
  });

  it('keeps the packs in the order of the manifest, in which they are asked', async () => {
    const manifest = manifestWith(packNamed('second'), memoryTransport().transport, packNamed('first'), memoryJournalPlugin);
    const { packs, transports, journal } = await loadPlugins(manifest);
    expect([packs.map(({ name }) => name), [...transports.keys()], journal.name]).toEqual([['second', 'first'], ['memory'], 'memory']);
  });

  it('tells of nothing behind a plugin that is not what its card says', async () => {
    const manifest = manifestWith(packNamed('pack'), memoryTransport().transport, memoryJournalPlugin);
    const wrong = {
      ...manifest,
      plugins: manifest.plugins.map((one) => (one.card.kind === 'transport' ? { ...one, definition: undefined } : one)),
    };
    const told: string[] = [];
    const loading = loadPlugins(wrong, (definition) => told.push((definition as { readonly name: string }).name));
    await expect(loading).rejects.toMatchObject({ code: 'WB_PLUGIN_LOAD' });
    expect(told).toEqual(['memory']);
  });
});
