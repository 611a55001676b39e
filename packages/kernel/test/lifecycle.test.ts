import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineTransport, settings, Type } from '@waybill/contract';
import { defineApplication, handle } from '@waybill/contract/application';
import { memoryJournalPlugin, memoryTransport, recordingLog, temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKernel, type KernelOptions } from '../src/kernel.ts';
import { setUp } from './support/kernel.ts';
import { notesPack, noteWritten, writeNote } from './support/notes.ts';

const memory = memoryTransport();
const plugins = [memory.transport, notesPack, memoryJournalPlugin];
const plain = { plugins: [], journal: { use: 'memory' }, connections: { local: { transport: 'memory' } } };

function kernelOf(options: Partial<KernelOptions>) {
  const { log, lines } = recordingLog();
  const kernel = createKernel({ manifest: plain, plugins, log, ...options });
  onTestFinished(() => kernel.stop({ grace: 0 }));
  return { kernel, lines };
}

describe('the life of a kernel', () => {
  it('goes from created over checked and running to stopped', async () => {
    const { kernel } = kernelOf({});
    const states = [kernel.state];
    await kernel.check();
    states.push(kernel.state);
    const started = kernel.start();
    await Promise.resolve();
    states.push(kernel.state);
    await started;
    states.push(kernel.state);
    const stopped = kernel.stop();
    states.push(kernel.state);
    await stopped;
    states.push(kernel.state);
    expect(states).toEqual(['created', 'checked', 'opening', 'running', 'draining', 'stopped']);
  });

  it('is in the journal for whoever looks when it has started', async () => {
    const { kernel } = kernelOf({});
    await kernel.start();
    expect(await kernel.desk.processes()).toMatchObject([{ status: { state: 'running' } }]);
  });

  it('starts once', async () => {
    const { kernel } = kernelOf({});
    await kernel.start();
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_KERNEL_STATE' });
  });

  it('can be ended by several callers, who all wait for the same end', async () => {
    const { kernel } = kernelOf({});
    await kernel.start();
    await Promise.all([kernel.stop(), kernel.stop()]);
    expect(kernel.state).toBe('stopped');
  });

  it('can be ended before it began', async () => {
    const { kernel } = kernelOf({});
    await kernel.stop();
    expect(kernel.state).toBe('stopped');
  });

  it('starts nothing when the manifest has problems, and reports all of them', async () => {
    let connected = false;
    const watching = defineTransport({
      name: 'watching',
      summary: 'Tells when it is used.',
      connection: settings({ place: Type.String({ description: 'Where.' }) }),
      connect: async () => {
        connected = true;
      },
    });
    const { kernel } = kernelOf({
      manifest: { ...plain, connections: { a: { transport: 'watching', plcae: 'x' } }, inbound: { b: { connection: 'c' } } },
      plugins: [...plugins, watching],
    });
    const problems = await kernel
      .start()
      .catch((error: { problems: readonly { path: string }[] }) => error.problems.map(({ path }) => path));
    expect(problems).toEqual(expect.arrayContaining(['connections.a.plcae', 'inbound.b.connection']));
    expect(kernel.state).toBe('failed');
    expect(connected).toBe(false);
  });
});

describe('an application', () => {
  it('is loaded from the module that the manifest names', async () => {
    const folder = await temporaryFolder();
    const contract = pathToFileURL(join(import.meta.dirname, '../../contract/dist/application-author.js')).href;
    writeFileSync(
      join(folder, 'app.mjs'),
      `import { defineApplication } from '${contract}';\nexport default defineApplication({ handlers: [], started: () => { globalThis.appStarted = true; } });\n`,
    );
    const { kernel } = kernelOf({ manifest: { ...plain, app: './app.mjs' }, folder });
    await kernel.start();
    expect(globalThis).toHaveProperty('appStarted', true);
  });

  it('that is none stops the start', async () => {
    const folder = await temporaryFolder();
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'app.mjs'), 'export default { handlers: [] };\n');
    const { kernel } = kernelOf({ manifest: { ...plain, app: './src/app.mjs' }, folder });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_APP_LOAD', at: join(folder, 'src', 'app.mjs') });
  });

  it('whose module throws stops the start with the cause', async () => {
    const folder = await temporaryFolder();
    writeFileSync(join(folder, 'app.mjs'), 'throw new Error("no database");\n');
    const { kernel } = kernelOf({ manifest: { ...plain, app: './app.mjs' }, folder });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_APP_LOAD', cause: { message: 'no database' } });
  });

  it('that cannot be loaded leaves no connection open', async () => {
    const folder = await temporaryFolder();
    writeFileSync(join(folder, 'app.mjs'), 'throw new Error("no database");\n');
    const calls: string[] = [];
    const watched = defineTransport({
      ...memory.transport,
      name: 'watched',
      connect: async (config, context) => {
        calls.push('connect');
        return memory.transport.connect(config, context);
      },
      disconnect: async () => void calls.push('disconnect'),
    });
    const { kernel } = kernelOf({
      folder,
      plugins: [...plugins, watched],
      manifest: {
        ...plain,
        app: './app.mjs',
        connections: { local: { transport: 'watched' } },
        inbound: { notes: { connection: 'local', queue: 'IN' } },
      },
    });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_APP_LOAD' });
    expect(calls).toEqual(['connect', 'disconnect']);
  });

  it('with two handlers for one command stops the start', async () => {
    const { kernel } = kernelOf({ handlers: [handle(writeNote, () => undefined), handle(writeNote, () => undefined)] });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_HANDLER_DUPLICATE' });
  });

  it('is told when messages move and when everything has settled, and can publish from then on', async () => {
    const told: string[] = [];
    const application = defineApplication({
      handlers: [],
      started: async (publisher) => {
        await publisher.publish(noteWritten, { text: 'hello' });
        told.push('started');
      },
      stopped: () => void told.push('stopped'),
    });
    const { kernel, memory: queues } = setUp({
      handlers: [],
      options: { application },
      outbound: { out: { queue: 'OUT' } },
      routes: [{ event: 'note.written', message: 'Written', to: ['out'] }],
    });
    await kernel.start();
    await queues.take('OUT');
    await kernel.stop();
    expect(told).toEqual(['started', 'stopped']);
  });

  it.each(['thrown', 'rejected'])('whose start fails stops the start, and says that it was the application: %s', async (how) => {
    const fail = () => {
      throw new Error('no database');
    };
    const started = how === 'thrown' ? fail : async () => fail();
    const { kernel } = kernelOf({ application: { handlers: [], started } });
    await expect(kernel.start()).rejects.toMatchObject({
      code: 'WB_APP_FAILED',
      message: 'Starting the application failed.',
      cause: { message: 'no database' },
    });
  });

  it('whose end fails is told of in the log, and the kernel stops all the same', async () => {
    const stopped = () => {
      throw new Error('no database');
    };
    const { kernel, lines } = kernelOf({ application: { handlers: [], stopped } });
    await kernel.start();
    await kernel.stop();
    expect(kernel.state).toBe('stopped');
    const told = lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields);
    expect(told).toMatchObject([{ code: 'WB_APP_FAILED', error: 'Stopping the application failed.', cause: { error: 'no database' } }]);
  });
});
