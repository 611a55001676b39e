import { defineTransport, TransportError } from '@waybill/contract';
import { checkManifest, readManifest } from '@waybill/manifest';
import { MemoryJournalFile, memoryTransport, recordingLog } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { givenPlugins } from '../src/plugins.ts';
import { probeConnections } from '../src/probe.ts';
import { lastingJournal } from './support/kernel.ts';

const { transport } = memoryTransport();

/** What probing a manifest tells whose two connections have transports with these members. */
async function probed(changes: Partial<typeof transport>) {
  const other = defineTransport({ ...transport, name: 'changed', ...changes });
  const source = readManifest({
    name: 'test',
    plugins: [],
    journal: { use: 'lasting' },
    connections: { good: { transport: transport.name }, other: { transport: 'changed' } },
    inbound: {},
  });
  const given = givenPlugins([transport, other, lastingJournal(new MemoryJournalFile())]);
  const result = checkManifest(source, { given });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  const found = await probeConnections(result.manifest, { log: recordingLog().log });
  return found.map(({ connection, error }) => [connection.name, error?.code]);
}

describe('probing connections', () => {
  it('opens each one, checks it and closes it', async () => {
    const steps: string[] = [];
    const found = await probed({
      connect: async () => steps.push('connect') as never,
      probe: async () => void steps.push('probe'),
      disconnect: async () => void steps.push('disconnect'),
    });
    expect(found).toEqual([
      ['good', undefined],
      ['other', undefined],
    ]);
    expect(steps).toEqual(['connect', 'probe', 'disconnect']);
  });

  const away = new TransportError('WB_TEST_AWAY', 'Nobody is there.', { retryable: true });
  it.each([
    ['cannot be opened', { connect: async () => Promise.reject(away) }, 'WB_TEST_AWAY'],
    ['does not pass its check', { probe: async () => Promise.reject(away) }, 'WB_TEST_AWAY'],
    ['fails in a way of its own', { probe: async () => Promise.reject(new RangeError('oops')) }, 'WB_PLUGIN_FAILED'],
  ])('tells of one that %s, and goes on with the others', async (_what, changes, code) => {
    expect(await probed(changes)).toEqual([
      ['good', undefined],
      ['other', code],
    ]);
  });
});
