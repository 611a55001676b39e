import { type AnyTransport, defineJournal, defineTransport, type Log, type OpenContext, settings } from '@waybill/contract';
import { createKernel, type Kernel, type Manifest } from '@waybill/kernel';
import type { MemoryTransportOptions } from '@waybill/testing';
import type { InboundPlan, Scenario, TransportName } from '../chance/scenario.ts';
import { transportErrors } from '../errors.ts';
import { simApplication, simPack, simRoutes } from './application.ts';
import { faultyJournal } from './faulty-journal.ts';
import { faultyReceive } from './receiving.ts';
import { faultySend } from './sending.ts';
import type { SimProcess } from './sim-process.ts';
import { queueOf, recipientsOf, type World } from './world.ts';

/** The transports of the simulation: each promises other things. */
export const transportOptions: Readonly<Record<TransportName | 'outside', MemoryTransportOptions>> = {
  counting: { name: 'counting' },
  leased: { name: 'leased', exclusive: false, countsAttempts: false, redelivers: 'at-once' },
  keeping: { name: 'keeping', exclusive: false, redelivers: 'no' },
  waiting: { name: 'waiting', waits: true, exclusive: false },
  outside: { name: 'outside' },
};

const noSettings = settings({});

/** The kernel of a process, not started yet. */
export function kernelOf(world: World, process: SimProcess): Kernel {
  const { faults, scenario, plant } = world;
  const kernel = createKernel({
    manifest: manifestOf(
      scenario.inbound.map((entry) => plant.inbound?.(entry) ?? entry),
      scenario,
    ),
    plugins: [
      ...Object.values(world.far).map(({ transport }) => transportOf(world, process, transport)),
      simPack,
      journalOf(world, process),
    ],
    application: simApplication(world, process),
    clock: process.clock,
    log: throwingLog(world),
    env: {},
  });
  kernel.observe(() => {
    if (faults.happens('observer.throws')) throw new Error('The observer is broken.');
  });
  return kernel;
}

/** Says nothing, and throws at times. */
function throwingLog({ faults }: World): Log {
  const line = (): void => {
    if (faults.happens('log.throws')) throw new Error('The log is broken.');
  };
  const log: Log = { debug: line, info: line, warn: line, error: line, child: () => log };
  return log;
}

function manifestOf(inbound: readonly InboundPlan[], scenario: Scenario): Manifest {
  const orderOf = (order: InboundPlan['order'], parked: InboundPlan['parked']) =>
    order === 'parallel' ? {} : { order: order === 'key' ? ({ by: 'key' } as const) : order, parked };
  const placesOf = (order: InboundPlan['order'], concurrency: number) => (order === 'serial' ? {} : { concurrency });
  const retryOf = (attempts: number) => ({ attempts, first: '200ms', most: '5s' }) as const;
  return {
    name: 'sim',
    plugins: [],
    journal: { use: 'sim' },
    connections: Object.fromEntries(Object.keys(transportOptions).map((name) => [name, { transport: name }])),
    inbound: Object.fromEntries(
      inbound.map(({ name, transport, order, accept, parked, concurrency, attempts, archive }) => [
        name,
        {
          connection: transport,
          queue: queueOf(name),
          ...orderOf(order, parked),
          ...placesOf(order, concurrency),
          accept,
          archive,
          retry: retryOf(attempts),
          timeout: '5s',
        },
      ]),
    ),
    outbound: Object.fromEntries(
      scenario.outbound.map((place) => {
        const { name, order, parked, unknown, concurrency, attempts } = place;
        const [queue, ...also] = recipientsOf(place);
        const endpoint = also.length > 0 ? { queue, also } : { queue };
        return [
          name,
          {
            connection: 'outside',
            ...endpoint,
            ...orderOf(order, parked),
            ...placesOf(order, concurrency),
            unknown,
            retry: retryOf(attempts),
            timeout: '5s',
          },
        ];
      }),
    ),
    routes: simRoutes(scenario),
  };
}

function journalOf(world: World, process: SimProcess) {
  return defineJournal({
    name: 'sim',
    summary: 'The journal of the simulation.',
    settings: noSettings,
    async open() {
      await process.sleep(world.random.whole(0, 20));
      const own = world.journal.open();
      process.journal = own;
      return faultyJournal(world, process, world.plant.journal?.(own, world.tools) ?? own);
    },
  });
}

function transportOf(world: World, process: SimProcess, own: AnyTransport): AnyTransport {
  const { faults, random } = world;
  return defineTransport({
    ...own,
    async connect(config: object, context: OpenContext) {
      await process.sleep(random.whole(0, 10));
      if (faults.happens('transport.open-refused')) throw transportErrors.WB_SIM_FAULT('Nobody is there.');
      if (faults.happens('transport.open-hangs'))
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve, { once: true }));
      const connection: unknown = await own.connect(config, context);
      process.opened(() => void own.disconnect?.(connection));
      return connection;
    },
    disconnect: async (connection: unknown) => {
      await process.pass();
      await own.disconnect?.(connection);
    },
    receive: faultyReceive(world, process, own),
    send: faultySend(world, process, own),
  }) as AnyTransport;
}
