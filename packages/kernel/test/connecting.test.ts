import { defineTransport, TransportError } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import type { Manifest } from '@waybill/manifest';
import { eventually, memoryJournalPlugin, memoryTransport, recordingLog } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKernel } from '../src/kernel.ts';
import { note, notesPack, writeNote } from './support/notes.ts';

const memory = memoryTransport();

const far = { connection: 'remote', queue: 'FAR' };

/** A kernel with a connection to somewhere near, and with a remote one that is opened as `connect` says. */
function kernelOf(connect: typeof memory.transport.connect, { inbound, outbound = {} }: Pick<Manifest, 'inbound' | 'outbound'>) {
  const { log, lines } = recordingLog();
  const shy = defineTransport({ ...memory.transport, name: 'shy', connect });
  const written: string[] = [];
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'memory' },
      connections: { local: { transport: 'memory' }, remote: { transport: 'shy' } },
      inbound,
      outbound,
    },
    plugins: [memory.transport, shy, notesPack, memoryJournalPlugin],
    handlers: [handle(writeNote, ({ text }) => void written.push(text))],
    log,
  });
  onTestFinished(() => kernel.stop({ grace: 0 }));
  return { kernel, lines, written };
}

describe('a connection that cannot be opened', () => {
  it('is tried again while the rest of the kernel runs, and is shown as degraded meanwhile', async () => {
    let works = false;
    const connect: typeof memory.transport.connect = async (config, context) => {
      if (!works) throw new Error('not yet');
      return memory.transport.connect(config, context);
    };
    const { kernel, written } = kernelOf(connect, { inbound: { near: { connection: 'local', queue: 'NEAR' }, far } });
    await kernel.start();
    expect(kernel.status()).toMatchObject({ state: 'running', degraded: true });
    memory.put('NEAR', { body: note('near') });
    memory.put('FAR', { body: note('far') });
    await eventually(() => written.includes('near'), { what: 'the neighbour to work' });
    works = true;
    await eventually(() => written.includes('far'), { what: 'the connection to come back' });
    expect(kernel.status().degraded).toBe(false);
  });

  it('is told in one line for each time it is tried, however many entries need it', async () => {
    let tried = 0;
    const connect = async () => {
      tried++;
      throw new TransportError('WB_TEST_AWAY', 'Away.', { retryable: true });
    };
    const { kernel, lines } = kernelOf(connect, { inbound: { one: far, other: far }, outbound: { out: far } });
    await kernel.start();
    await eventually(() => tried > 2, { what: 'the third try' });
    await kernel.stop();
    const told = lines.filter(({ fields }) => fields['code'] === 'WB_TEST_AWAY');
    expect(told.length).toBe(tried);
    for (const { fields } of told) expect(fields).toMatchObject({ connection: 'remote', nextTry: expect.any(Number) as unknown });
  });

  it('for good fails the start, which alone tells of it', async () => {
    const connect = async () => {
      throw new TransportError('WB_TEST_WRONG', 'These settings are wrong.');
    };
    const { kernel, lines } = kernelOf(connect, { inbound: { in: far }, outbound: { out: far } });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_TEST_WRONG', at: 'connections.remote' });
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });
});
