import { defineJournal, defineTransport, type Journal, settings, TransportError } from '@waybill/contract';
import { defineApplication, handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport, recordingLog } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { createKernel } from '../src/kernel.ts';
import { changed, setUp } from './support/kernel.ts';
import { note, notesPack, writeNote } from './support/notes.ts';

const outbound = { out: { queue: 'OUT' } };
const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];

interface Watching {
  readonly fails?: 'sender' | 'application';
  readonly file?: MemoryJournalFile;
  /** For what connecting waits. */
  readonly gate?: Promise<void>;
}

/** A kernel that tells what it opens and closes. `fails` names the step that is refused. */
function watched({ fails, file = new MemoryJournalFile(), gate }: Watching) {
  const steps: string[] = [];
  const memory = memoryTransport();
  const listening = changed(memory.transport, async (...opening) => {
    const listener = await (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(...opening);
    steps.push('listen');
    return { ...listener, run: (deliver, stop) => listener.run(deliver, stop).finally(() => void steps.push('end')) };
  });
  const side = listening.send as NonNullable<typeof listening.send>;
  const transport = defineTransport({
    ...listening,
    connect: async (given, context) => {
      steps.push('connect');
      await gate;
      return listening.connect(given, context);
    },
    disconnect: async (connection) => (steps.push('disconnect'), listening.disconnect?.(connection)),
    send: {
      ...side,
      open: (...opening) => {
        // When the listener is there: it is to be closed again.
        if (fails !== 'sender') return side.open(...opening);
        const refuse = (): never => {
          throw new TransportError('WB_TEST_REFUSED', 'These settings are wrong.');
        };
        return eventually(() => steps.includes('listen'), { what: 'the listener' }).then(refuse);
      },
    },
  });
  const journal = defineJournal({
    name: 'lasting',
    summary: 'Tells that it is closed.',
    settings: settings({}),
    open: async () => {
      steps.push('open');
      const opened = file.open();
      const close = async () => (steps.push('close'), opened.close());
      return new Proxy(opened, { get: (target, name) => (name === 'close' ? close : bound(target, name as keyof Journal)) });
    },
  });
  const application = defineApplication({
    handlers: [handle(writeNote, () => undefined)],
    started: async () => {
      steps.push('started');
      if (fails === 'application') throw new Error('The shop is closed.');
    },
  });
  const manifest = {
    name: 'test',
    plugins: [],
    journal: { use: 'lasting' },
    connections: { local: { transport: 'memory' } },
    inbound: { notes: { connection: 'local', queue: 'IN' } },
    outbound: { out: { connection: 'local', queue: 'OUT' } },
    routes,
  };
  const kernel = createKernel({ manifest, plugins: [transport, notesPack, journal], application, log: recordingLog().log });
  return { kernel, steps, memory };
}

function bound(target: Journal, name: keyof Journal): unknown {
  const value: unknown = target[name];
  return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
}

describe('a start that fails', () => {
  it.each([
    ['sender', 'WB_TEST_REFUSED'],
    ['application', 'WB_APP_FAILED'],
  ] as const)('because of the %s closes what it had opened, in reverse, and the journal can be opened again', async (fails, code) => {
    const file = new MemoryJournalFile();
    const { kernel, steps } = watched({ fails, file });
    await expect(kernel.start()).rejects.toMatchObject({ code });
    expect(kernel.state).toBe('failed');
    expect(steps.filter((step) => step !== 'started')).toEqual(['open', 'connect', 'listen', 'end', 'disconnect', 'close']);
    const again = watched({ file });
    await again.kernel.start();
    again.memory.put('IN', { body: note('one') });
    await eventually(() => again.memory.size('IN') === 0, { what: 'the message to be taken' });
    await again.kernel.stop({ grace: 1_000 });
    expect(again.steps.at(-1)).toBe('close');
  });

  it('does not fail because of a sender that cannot be opened for now', async () => {
    const memory = memoryTransport();
    const side = memory.transport.send as NonNullable<typeof memory.transport.send>;
    const away = () => Promise.reject(new TransportError('WB_TEST_AWAY', 'Not now.', { retryable: true }));
    const transport = defineTransport({ ...memory.transport, send: { ...side, open: away } });
    const { kernel } = setUp({ outbound, routes, memory: { ...memory, transport } });
    await kernel.start();
    expect(kernel.status()).toMatchObject({ state: 'running', outbound: [{ state: 'degraded' }] });
  });
});

describe('a stop while the kernel starts', () => {
  it('waits for the start, and closes what that has opened', async () => {
    const gate = Promise.withResolvers<void>();
    const { kernel, steps } = watched({ gate: gate.promise });
    const started = kernel.start();
    await eventually(() => steps.includes('connect'), { what: 'the start to connect' });
    const stopped = kernel.stop({ grace: 0 });
    gate.resolve();
    await Promise.all([started, stopped]);
    expect(steps.filter((step) => step !== 'started')).toEqual(['open', 'connect', 'listen', 'end', 'disconnect', 'close']);
    expect(kernel.state).toBe('stopped');
  });
});
