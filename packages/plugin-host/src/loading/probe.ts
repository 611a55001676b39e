import type { AnyTransport, Log, WaybillError } from '@waybill/contract';
import type { CheckedConnection, CheckedInbound, CheckedManifest, CheckedOutbound } from '@waybill/manifest';
import { asTransportError, callPlugin, openLimit } from '../calling/call-plugin.ts';
import { type Clock, systemClock } from '../calling/clock.ts';
import { Connection, type ConnectionUse } from '../calling/connection.ts';
import { createLog } from '../log.ts';
import { Registry } from '../packs/registry.ts';
import { loadMessageFiles } from './message-files.ts';
import { type LoadedPlugins, loadApplication, loadPlugins, refuseUnserved, transportOf } from './plugins.ts';

export interface ProbeOptions {
  /** Default: errors of plugins on standard error. */
  readonly log?: Log | undefined;
  readonly clock?: Clock | undefined;
  /** What to try. Default: everything. Entries are tried with their connections only. */
  readonly kinds?: readonly ProbedKind[] | undefined;
}

/**
 * What was tried.
 *
 * - journal: whether it can be opened.
 * - application: whether its module can be loaded, and serves what the entries name.
 * - connection: whether the far side is there.
 * - inbound: whether the entry gets what it takes for itself, such as a port; for transports that can tell.
 * - outbound: whether there is what the entry sends to, such as a queue; for transports that can tell.
 */
export type ProbedKind = 'journal' | 'application' | 'connection' | 'inbound' | 'outbound';

export interface Probed {
  readonly kind: ProbedKind;
  /** Of a connection or an entry its name in the manifest, of the journal its word, of the application its module. */
  readonly name: string;
  /** The transport of a connection or of an entry. */
  readonly transport?: string;
  /** What is wrong; missing when all is well. */
  readonly error?: WaybillError;
}

type Context = Required<{ readonly [Key in 'log' | 'clock']: NonNullable<ProbeOptions[Key]> }>;

const everything: readonly ProbedKind[] = ['journal', 'application', 'connection', 'inbound', 'outbound'];

/**
 * Tries what a checked manifest needs, and closes it again: opens the journal, loads the application, opens every connection,
 * takes what inbound entries take for themselves, and looks for what outbound ones send to. No message moves. Rejects with `WB_PLUGIN_LOAD` or `WB_PLUGIN_MISMATCH` when a
 * plugin cannot be loaded. A step that has not answered within 15 seconds counts as failed and may still hold something
 * open: whoever probes ends the process.
 */
export async function probeManifest(
  manifest: CheckedManifest,
  { log = createLog({ level: 'error', secrets: manifest.secrets }), clock = systemClock, kinds = everything }: ProbeOptions = {},
): Promise<readonly Probed[]> {
  const plugins = await loadPlugins(manifest);
  const { journal, app } = manifest;
  const wanted = <Value>(kind: ProbedKind, values: readonly Value[]): readonly Value[] => (kinds.includes(kind) ? values : []);
  const tried = { ...manifest, inbound: wanted('inbound', manifest.inbound), outbound: wanted('outbound', manifest.outbound) };
  const probed = await Promise.all([
    ...wanted('journal', [journal.plugin.card.name]).map((name) =>
      attempt({ kind: 'journal', name }, () => probeJournal(manifest, plugins, log)),
    ),
    ...wanted('application', app === undefined ? [] : [app]).map((name) =>
      attempt({ kind: 'application', name }, () => probeApplication(name, manifest, plugins)),
    ),
    ...wanted('connection', manifest.connections).map((one) =>
      probeConnection(one, tried, transportOf(plugins, one.plugin.card.name), { log, clock }),
    ),
  ]);
  return probed.flat();
}

async function attempt(tried: Omit<Probed, 'error'>, step: () => Promise<void>): Promise<Probed> {
  try {
    await step();
    return tried;
  } catch (error) {
    return failed(tried, error);
  }
}

function failed(tried: Omit<Probed, 'error'>, error: unknown): Probed {
  return { ...tried, error: asTransportError(error, `The check of the ${tried.kind} ${tried.name}`) };
}

async function probeJournal({ journal: { settings, plugin }, folder }: CheckedManifest, plugins: LoadedPlugins, log: Log): Promise<void> {
  const { journal } = plugins;
  const context = { name: plugin.card.name, log, folder };
  await callPlugin('Opening the journal', async (signal) => {
    if (journal.probe) return journal.probe(settings, { ...context, signal });
    const open = await journal.open(settings, { ...context, signal });
    return open.close();
  });
}

async function probeApplication(file: string, manifest: CheckedManifest, { packs }: LoadedPlugins): Promise<void> {
  const application = await callPlugin('Loading the application', () => loadApplication(file));
  const fromFiles = manifest.plugins.flatMap(({ messageFile, card }) => (messageFile === undefined ? [] : [card.name]));
  await loadMessageFiles(
    manifest,
    packs.filter(({ name }) => !fromFiles.includes(name)),
    async () => application,
  );
  refuseUnserved(manifest, new Registry(packs, application.handlers));
}

/** The connection, and the entries on it. Where it cannot be opened, nothing can be said about them. */
async function probeConnection(
  config: CheckedConnection,
  { inbound, outbound, folder }: CheckedManifest,
  transport: AnyTransport,
  context: Context,
): Promise<readonly Probed[]> {
  const about = { kind: 'connection' as const, name: config.name, transport: transport.name };
  const connection = new Connection(config, transport, { ...context, folder });
  let use: ConnectionUse;
  try {
    use = await connection.use(AbortSignal.timeout(openLimit));
  } catch (error) {
    return [failed(about, error)];
  }
  const { handle } = use;
  const step = () => callPlugin(`The check of connection ${config.name}`, async () => transport.probe?.(handle));
  const probed = [await attempt(about, step)];
  const isOn = ({ connection: { name } }: CheckedInbound | CheckedOutbound): boolean => name === config.name;
  for (const entry of inbound.filter(isOn)) probed.push(...(await probeEntry('inbound', entry, transport, handle)));
  for (const entry of outbound.filter(isOn)) probed.push(...(await probeEntry('outbound', entry, transport, handle)));
  await use.release(true);
  return probed;
}

async function probeEntry(
  kind: 'inbound' | 'outbound',
  { name, settings }: CheckedInbound | CheckedOutbound,
  { name: transport, receive, send }: AnyTransport,
  handle: unknown,
): Promise<readonly Probed[]> {
  const side = kind === 'inbound' ? receive : send;
  if (!side?.probe) return [];
  const step = () => callPlugin(`The check of ${kind} ${name}`, async () => side.probe?.(handle, settings));
  return [await attempt({ kind, name, transport }, step)];
}
