import { handle } from '@waybill/contract/application';
import journalPlugin from '@waybill/journal-sqlite';
import { createKernel } from '@waybill/kernel';
import { memoryJournalPlugin, silentLog } from '@waybill/testing';
import { command, pack } from '../nothing.ts';

/** What a kernel is to take from a broker: all that is there, `messages` in number. */
export interface KernelTask {
  /** The package of the transport. */
  readonly plugin: string;
  readonly connection: object;
  readonly entry: object;
  readonly messages: number;
  /** The file of the journal; without it, it lives in memory. */
  readonly journal?: string | undefined;
}

const { plugin, connection, entry, messages, journal } = JSON.parse(process.argv[2] ?? '{}') as KernelTask;
const { default: transport } = (await import(plugin)) as { readonly default: { readonly name: string } };
let handled = 0;
let first = 0;
const last = Promise.withResolvers<number>();
const kernel = createKernel({
  manifest: {
    plugins: [],
    journal: journal === undefined ? { use: 'memory' } : { use: 'sqlite', path: journal },
    connections: { broker: { transport: transport.name, ...connection } },
    inbound: { bench: { connection: 'broker', credentials: 'ignore', ...entry } },
  },
  plugins: [transport, journal === undefined ? memoryJournalPlugin : journalPlugin, pack],
  handlers: [
    handle(command, () => {
      if (handled === 0) first = performance.now();
      if (++handled === messages) last.resolve(performance.now());
    }),
  ],
  log: silentLog,
});
await kernel.start();
const rate = (messages / ((await last.promise) - first)) * 1000;
await kernel.stop();
process.send?.(rate);
process.disconnect?.();
