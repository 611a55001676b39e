import type { Log, WaybillError } from '@waybill/contract';
import type { CheckedConnection, CheckedManifest } from '@waybill/manifest';
import { asTransportError } from './call-plugin.ts';
import { type Clock, systemClock } from './clock.ts';
import { Connection } from './connection.ts';
import { createLog } from './log.ts';
import { loadPlugins, transportOf } from './plugins.ts';

export interface ProbeOptions {
  /** Default: errors of plugins on standard error. */
  readonly log?: Log | undefined;
  readonly clock?: Clock | undefined;
}

export interface ProbedConnection {
  readonly connection: CheckedConnection;
  /** What is wrong; missing when the far side is there. */
  readonly error?: WaybillError;
}

/**
 * Opens every connection of a manifest, runs the transport's cheap check, and closes it again. No message moves.
 * Throws `WB_PLUGIN_LOAD` or `WB_PLUGIN_MISMATCH` when a plugin cannot be loaded.
 */
export async function probeConnections(
  manifest: CheckedManifest,
  { log = createLog({ level: 'error', secrets: manifest.secrets }), clock = systemClock }: ProbeOptions = {},
): Promise<readonly ProbedConnection[]> {
  const plugins = await loadPlugins(manifest);
  const context = { log, clock, folder: manifest.folder };
  return Promise.all(
    manifest.connections.map(async (connection): Promise<ProbedConnection> => {
      try {
        await new Connection(connection, transportOf(plugins, connection.plugin.card.name), context).probe();
        return { connection };
      } catch (error) {
        return { connection, error: asTransportError(error, `The check of connection ${connection.name}`) };
      }
    }),
  );
}
