import type { ConnectionState } from './connection.ts';
import type { ReceiverState } from './inbound/receiver.ts';

/**
 * - created: nothing has been read.
 * - checked: the manifest is in order; no plugin code has run.
 * - opening: plugins are loaded, connections and endpoints are being opened.
 * - running: messages move.
 * - draining: nothing new is taken, what is in hand is being settled.
 * - stopped: everything is closed. The end.
 * - failed: the start did not succeed; what was opened is closed again. The end.
 */
export type KernelState = 'created' | 'checked' | 'opening' | 'running' | 'draining' | 'stopped' | 'failed';

export interface KernelStatus {
  readonly state: KernelState;
  readonly connections: readonly { readonly name: string; readonly transport: string; readonly state: ConnectionState }[];
  readonly inbound: readonly { readonly name: string; readonly state: ReceiverState; readonly inHand: number }[];
  readonly outbound: readonly { readonly name: string; readonly state: 'open' | 'degraded' }[];
  /** True when anything is degraded. */
  readonly degraded: boolean;
}
