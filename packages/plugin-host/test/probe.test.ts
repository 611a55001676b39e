import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AnyTransport, defineJournal, defineTransport, settings, TransportError } from '@waybill/contract';
import { checkManifest, readManifest } from '@waybill/manifest';
import { memoryJournalPlugin, memoryTransport, recordingLog, temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { givenPlugins } from '../src/loading/plugins.ts';
import { type ProbedKind, probeManifest } from '../src/loading/probe.ts';

const { transport } = memoryTransport();
const receive = transport.receive as NonNullable<typeof transport.receive>;
const away = new TransportError('WB_TEST_AWAY', 'Nobody is there.', { retryable: true });
const refuse = () => Promise.reject(away);

interface Parts {
  readonly changes?: Partial<AnyTransport>;
  readonly journal?: unknown;
  readonly manifest?: object;
  readonly folder?: string;
  readonly kinds?: readonly ProbedKind[];
}

/** What probing a manifest tells whose two connections have transports with these members. */
async function probed({ changes = {}, journal = memoryJournalPlugin, manifest = {}, folder, kinds }: Parts) {
  const other = defineTransport({ ...transport, name: 'changed', ...changes });
  const given = givenPlugins([transport, other, journal]);
  const parts = {
    name: 'test',
    plugins: [],
    journal: { use: 'memory' },
    connections: { good: { transport: transport.name }, other: { transport: 'changed' } },
    ...manifest,
  };
  const result = checkManifest(readManifest(parts, { folder }), { given });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  const found = await probeManifest(result.manifest, { log: recordingLog().log, kinds });
  return found.map(({ kind, name, error }) => [kind, name, error?.code]);
}

const well = [
  ['journal', 'memory', undefined],
  ['connection', 'good', undefined],
];

describe('probing connections', () => {
  it('opens each one, checks it and closes it', async () => {
    const steps: string[] = [];
    const found = await probed({
      changes: {
        connect: async () => steps.push('connect'),
        probe: async () => void steps.push('probe'),
        disconnect: async () => void steps.push('disconnect'),
      },
    });
    expect(found).toEqual([...well, ['connection', 'other', undefined]]);
    expect(steps).toEqual(['connect', 'probe', 'disconnect']);
  });

  it('opens nothing else where nothing else is asked for', async () => {
    const steps: string[] = [];
    const journal = defineJournal({ ...memoryJournalPlugin, probe: async () => void steps.push('journal') });
    const trying = { ...receive, probe: async () => void steps.push('inbound') };
    const inbound = { notes: { connection: 'other', queue: 'IN' } };
    const found = await probed({ changes: { receive: trying }, journal, manifest: { inbound }, kinds: ['connection'] });
    expect(found.map(([kind]) => kind)).toEqual(['connection', 'connection']);
    expect(steps).toEqual([]);
  });

  it.each([
    ['cannot be opened', { connect: refuse }, 'WB_TEST_AWAY'],
    ['does not pass its check', { probe: refuse }, 'WB_TEST_AWAY'],
    ['fails in a way of its own', { probe: async () => Promise.reject(new RangeError('oops')) }, 'WB_PLUGIN_FAILED'],
  ])('tells of one that %s, and goes on with the others', async (_what, changes, code) => {
    expect(await probed({ changes })).toEqual([...well, ['connection', 'other', code]]);
  });
});

describe('probing outbound entries', () => {
  it('looks for what each one sends to, on the open connection of those that can tell', async () => {
    const tried: unknown[] = [];
    const probe = async (_connection: unknown, { queue }: { readonly queue: string }) => {
      tried.push(queue);
      if (queue === 'B') throw away;
    };
    const sending = transport.send as NonNullable<typeof transport.send>;
    const outbound = {
      first: { connection: 'other', queue: 'A' },
      second: { connection: 'other', queue: 'B' },
      idle: { connection: 'other', queue: 'C', enabled: false },
      elsewhere: { connection: 'good', queue: 'D' },
    };
    const changes = { send: { ...sending, probe }, disconnect: async () => void tried.push('disconnect') };
    expect(await probed({ changes, manifest: { outbound } })).toEqual([
      ...well,
      ['connection', 'other', undefined],
      ['outbound', 'first', undefined],
      ['outbound', 'second', 'WB_TEST_AWAY'],
    ]);
    expect(tried).toEqual(['A', 'B', 'disconnect']);
  });
});

describe('probing inbound entries', () => {
  const inbound = {
    first: { connection: 'other', queue: 'A' },
    second: { connection: 'other', queue: 'B' },
    idle: { connection: 'other', queue: 'C', enabled: false },
    elsewhere: { connection: 'good', queue: 'D' },
  };

  it('tries what each one takes for itself, on the open connection of those that can tell', async () => {
    const tried: unknown[] = [];
    const probe = async (_connection: unknown, { queue }: { readonly queue: string }) => {
      tried.push(queue);
      if (queue === 'B') throw away;
    };
    const found = await probed({
      changes: { receive: { ...receive, probe }, disconnect: async () => void tried.push('disconnect') },
      manifest: { inbound },
    });
    expect(found).toEqual([
      ...well,
      ['connection', 'other', undefined],
      ['inbound', 'first', undefined],
      ['inbound', 'second', 'WB_TEST_AWAY'],
    ]);
    expect(tried).toEqual(['A', 'B', 'disconnect']);
  });

  it('goes on where the far side of the connection is away, and not where it cannot be opened', async () => {
    const probe = async () => undefined;
    const entries = { first: inbound.first };
    expect(await probed({ changes: { probe: refuse, receive: { ...receive, probe } }, manifest: { inbound: entries } })).toEqual([
      ...well,
      ['connection', 'other', 'WB_TEST_AWAY'],
      ['inbound', 'first', undefined],
    ]);
    expect(await probed({ changes: { connect: refuse, receive: { ...receive, probe } }, manifest: { inbound: entries } })).toEqual([
      ...well,
      ['connection', 'other', 'WB_TEST_AWAY'],
    ]);
  });
});

describe('probing the journal', () => {
  const steps: string[] = [];
  const journal = (members: object) =>
    defineJournal({ name: 'memory', summary: 'For tests.', settings: settings({}), open: refuse, ...members });
  const found = async (members: object) => (await probed({ journal: journal(members) }))[0];

  it('opens and closes it', async () => {
    const close = async () => void steps.push('close');
    expect(await found({ open: async () => ({ close }) })).toEqual(['journal', 'memory', undefined]);
    expect(steps).toEqual(['close']);
  });

  it('leaves it closed where it can tell without being opened', async () => {
    expect(await found({ probe: async () => undefined })).toEqual(['journal', 'memory', undefined]);
    expect(await found({ probe: async () => Promise.reject(new Error('no disk')) })).toEqual(['journal', 'memory', 'WB_PLUGIN_FAILED']);
  });

  it('tells why it cannot be opened', async () => {
    expect(await found({})).toEqual(['journal', 'memory', 'WB_TEST_AWAY']);
  });
});

describe('probing the application', () => {
  const found = async (code: string) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'app.mjs'), code);
    return (await probed({ folder, manifest: { app: './app.mjs' } })).filter(([kind]) => kind === 'application');
  };
  const contract = import.meta.resolve('@waybill/contract/application');

  it('loads it', async () => {
    const code = `import { defineApplication } from ${JSON.stringify(contract)}; export default defineApplication({ handlers: [] });`;
    expect(await found(code)).toEqual([['application', expect.stringMatching(/app\.mjs$/), undefined]]);
  });

  it.each([
    ['does not parse', 'export default {{'],
    ['is no application', 'export default {}'],
    ['fails while it is loaded', 'throw new Error("no database")'],
  ])('tells of one that %s', async (_, code) => {
    expect(await found(code)).toEqual([['application', expect.stringMatching(/app\.mjs$/), 'WB_APP_LOAD']]);
  });
});
