import { type AnyTransport, isWaybillError, TransportError, type WaybillError } from '@waybill/contract';
import { type CheckedConnection, type CheckedManifest, createLog, loadPlugins } from '@waybill/kernel';

/** How long a far side may take to answer, in milliseconds. */
const limit = 15_000;

export interface Probed {
  readonly name: string;
  readonly transport: string;
  /** What is wrong; undefined when the far side is there. */
  readonly error?: WaybillError;
}

/** Opens every connection of a manifest, runs the transport's cheap check, and closes it again. No message moves. */
export async function probeConnections(manifest: CheckedManifest): Promise<readonly Probed[]> {
  const { transports } = await loadPlugins(manifest);
  return Promise.all(
    manifest.connections.map(async (connection): Promise<Probed> => {
      const named = { name: connection.name, transport: connection.plugin.card.name };
      const transport = transports.get(named.transport);
      try {
        if (transport) await withinLimit(connection.name, (signal) => probe(transport, connection, manifest, signal));
        return named;
      } catch (error) {
        return { ...named, error: isWaybillError(error) ? error : foreign(named.name, error) };
      }
    }),
  );
}

function foreign(name: string, cause: unknown): TransportError {
  const hint = 'Report it to the makers of the plugin.';
  return new TransportError('WB_PLUGIN_FAILED', `Connection ${name} failed with an unexpected error.`, { hint, cause });
}

async function probe(
  transport: AnyTransport,
  { name, settings }: CheckedConnection,
  manifest: CheckedManifest,
  signal: AbortSignal,
): Promise<void> {
  const log = createLog({ level: 'error', secrets: manifest.secrets });
  const connection: unknown = await transport.connect(settings, { name, log, signal, folder: manifest.folder });
  try {
    await transport.probe?.(connection);
  } finally {
    await transport.disconnect?.(connection);
  }
}

async function withinLimit(name: string, step: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TransportError('WB_PLUGIN_SLOW', `Connection ${name} did not answer within ${limit / 1000} s.`, { retryable: true }));
      abort.abort();
    }, limit);
  });
  try {
    await Promise.race([step(abort.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
