import { handle } from '@waybill/contract/application';
import sqlite from '@waybill/journal-sqlite';
import { memoryTransport } from '@waybill/testing';
import { createKernel } from '../../src/kernel.ts';
import { notesPack, writeNote } from '../support/notes.ts';

/** A process with a kernel on the journal at the path that it is given, which runs until it is killed. */
const [path] = process.argv.slice(2);
const { transport } = memoryTransport();
const kernel = createKernel({
  manifest: {
    name: 'child',
    plugins: [],
    journal: { use: 'sqlite', path },
    log: { level: 'silent' },
    connections: { local: { transport: 'memory' } },
    inbound: { notes: { connection: 'local', queue: 'IN' } },
    outbound: { out: { connection: 'local', queue: 'OUT' } },
    routes: [{ event: 'note.written', message: 'Written@1', to: ['out'] }],
  },
  plugins: [transport, notesPack, sqlite],
  handlers: [handle(writeNote, () => undefined)],
});
await kernel.start();
console.log('running');
