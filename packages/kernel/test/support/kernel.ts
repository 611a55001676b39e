import {
  defineJournal,
  defineTransport,
  type Message,
  type MessagePackDefinition,
  type Receipt,
  type ReceiveGuarantees,
  type SendOptions,
  type Settlement,
  settings,
} from '@waybill/contract';
import { type Handler, handle } from '@waybill/contract/application';
import type { Manifest } from '@waybill/manifest';
import { eventually, MemoryJournalFile, memoryTransport, recordingLog } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import { createKernel, type KernelOptions } from '../../src/kernel.ts';
import type { Observation } from '../../src/observe.ts';
import { notesPack, writeNote } from './notes.ts';

type Raw = Readonly<Record<string, unknown>>;

export interface Setup {
  readonly inbound?: Readonly<Record<string, Raw>>;
  readonly outbound?: Readonly<Record<string, Raw>>;
  readonly routes?: Manifest['routes'];
  readonly handlers?: readonly Handler[];
  readonly options?: Partial<KernelOptions>;
  readonly memory?: ReturnType<typeof memoryTransport>;
  /** In place of the pack of notes. */
  readonly pack?: MessagePackDefinition;
  /** Given to see a restart: the journal outlives the kernel. */
  readonly journal?: MemoryJournalFile;
  /** How long what is done is remembered, as in a manifest. Default: that of the manifest. */
  readonly keep?: NonNullable<Manifest['journal']>['keep'];
}

/** A journal that outlives its kernels, as a file does. */
export function lastingJournal(file: MemoryJournalFile) {
  return defineJournal({
    name: 'lasting',
    summary: 'Outlives its kernel.',
    settings: settings({}),
    open: async () => file.open(),
  });
}

/** A kernel on in-memory queues, stopped at the end of the test. Quick retries, so that tests take milliseconds. */
export function setUp({
  inbound,
  outbound = {},
  routes = [],
  handlers,
  options = {},
  memory = memoryTransport(),
  pack = notesPack,
  journal = new MemoryJournalFile(),
  keep,
}: Setup = {}) {
  const written: string[] = [];
  const retry = { attempts: 3, first: '1ms', most: '2ms' } as const;
  const withRetry = (entries: Readonly<Record<string, Raw>>) =>
    Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { connection: 'local', retry, ...entry }]));
  const { log, lines } = recordingLog();
  const kernel = createKernel({
    manifest: {
      name: 'test',
      plugins: [],
      journal: { use: 'lasting', ...(keep === undefined ? {} : { keep }) },
      connections: { local: { transport: memory.transport.name } },
      inbound: withRetry(inbound ?? { notes: { queue: 'IN' } }),
      outbound: withRetry(outbound),
      routes,
    },
    plugins: [memory.transport, pack, lastingJournal(journal)],
    handlers: handlers ?? [handle(writeNote, (input) => void written.push(input.text))],
    log,
    ...options,
  });
  const seen: Observation[] = [];
  kernel.observe((observation) => seen.push(observation));
  onTestFinished(() => kernel.stop({ grace: 1_000 }));
  /** Resolves with the observations once `count` of this outcome were made. */
  const outcomes = (outcome: string, count = 1) =>
    eventually(() => seen.filter((one) => one.outcome === outcome).length >= count && seen.filter((one) => one.outcome === outcome), {
      what: `${count} × ${outcome}`,
    });
  /** The journal from outside, as a console sees it. */
  const { desk } = journal.open();
  return { kernel, memory, journal, desk, written, seen, outcomes, lines };
}

type Transport = ReturnType<typeof memoryTransport>['transport'];
type Open = NonNullable<Transport['receive']>['open'];

/** The transport with another way to open its listeners. */
export function changed(transport: Transport, open: Open): Transport {
  return defineTransport({ ...transport, receive: { ...(transport.receive as NonNullable<Transport['receive']>), open } });
}

/** The transport with other guarantees for its receiving side. */
export function promising(transport: Transport, guarantees: Partial<ReceiveGuarantees>): Transport {
  const receive = transport.receive as NonNullable<Transport['receive']>;
  return defineTransport({ ...transport, receive: { ...receive, guarantees: { ...receive.guarantees, ...guarantees } } });
}

/** The transport with deliveries that claim to have been handed out `attempt` times. */
export function countingFrom(attempt: number, transport: Transport): Transport {
  return changed(transport, async (...opening) => {
    const listener = await (transport.receive as NonNullable<Transport['receive']>).open(...opening);
    return { ...listener, run: (deliver, stop) => listener.run((delivery) => deliver({ ...delivery, attempt }), stop) };
  });
}

/** The transport with the settlements of its deliveries kept in a list. */
export function tellingTo(settlements: Settlement[], transport: Transport): Transport {
  return changed(transport, async (...opening) => {
    const listener = await (transport.receive as NonNullable<Transport['receive']>).open(...opening);
    const run: typeof listener.run = (deliver, stop) =>
      listener.run(async (delivery) => {
        const settlement = await deliver(delivery);
        settlements.push(settlement);
        return settlement;
      }, stop);
    return { ...listener, run };
  });
}

/** The transport with another way to send a message; `send` is its own way. */
export function sendingBy(
  transport: Transport,
  way: (message: Message, send: (message: Message) => Promise<Receipt>, options: SendOptions) => Promise<Receipt>,
): Transport {
  const side = transport.send as NonNullable<Transport['send']>;
  return defineTransport({
    ...transport,
    send: {
      ...side,
      open: async (...opening) => {
        const sender = await side.open(...opening);
        return {
          send: (message, options) => way(message, (one) => sender.send(one, options), options),
          request: (message, options) => (sender.request ? sender.request(message, options) : Promise.reject(new TypeError('no request'))),
          close: () => sender.close(),
        };
      },
    },
  });
}
