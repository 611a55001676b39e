import type { BlockedKey, EntryCounts, JournalDirection, PausedEntry } from '@waybill/contract';
import type { ConnectionState } from '@waybill/plugin-host/kernel';
import type { InboundState } from '../inbound/listening/entry-state.ts';
import type { JournalHealth } from '../journal-keeper.ts';

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

/** What a kernel knows of itself without asking anybody. */
export interface KernelStatus {
  readonly state: KernelState;
  readonly journal: JournalHealth;
  readonly connections: readonly { readonly name: string; readonly transport: string; readonly state: ConnectionState }[];
  readonly inbound: readonly InboundStatus[];
  readonly outbound: readonly OutboundStatus[];
  /** Entries of the journal that the manifest does not have (any more): what waits there is not worked on until it is moved. */
  readonly stranded: readonly StrandedEntry[];
  /** True when anything is degraded, the journal fails, or something is stranded. */
  readonly degraded: boolean;
}

export interface InboundStatus {
  readonly name: string;
  readonly state: InboundState;
  /** Why it does not receive. */
  readonly reason?: string | undefined;
  readonly inHand: number;
}

/**
 * - open: what is due is sent.
 * - degraded: the far side is away; what is due waits.
 * - paused: people have paused the entry; what is due waits.
 */
export type DestinationState = 'open' | 'degraded' | 'paused';

export interface OutboundStatus {
  readonly name: string;
  readonly state: DestinationState;
  /** Why nothing is sent to it. */
  readonly reason?: string | undefined;
}

export interface StrandedEntry {
  readonly direction: JournalDirection;
  readonly entry: string;
  readonly waiting: number;
  readonly parked: number;
}

/** The status, with what the journal says of all processes that share it. */
export interface KernelOverview extends KernelStatus {
  readonly counts: readonly EntryCounts[];
  /** Order keys whose messages wait for the one in front, the longest first. */
  readonly blocked: readonly BlockedKey[];
  /** Entries that people have paused, also those of other manifests. */
  readonly paused: readonly PausedEntry[];
}
