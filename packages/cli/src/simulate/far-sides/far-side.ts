import type { CheckedInbound, CheckedOutbound } from '@waybill/manifest';

/** What a manifest would say on the far side of an entry: the settings of its connection and of its endpoint, as a manifest has them. */
export interface FarEntry {
  readonly connection: Readonly<Record<string, unknown>>;
  readonly endpoint: Readonly<Record<string, unknown>>;
}

/** Why nobody can play the far side of an entry, as the end of a sentence. */
export interface Impossible {
  readonly impossible: string;
}

/** How the entries of one transport look from their far side. */
export interface FarSide {
  /** The far side of an outbound entry, which receives what that one sends. */
  readonly receiving: (entry: CheckedOutbound) => FarEntry | Impossible;
  /** The far side of an inbound entry, which sends what that one receives. */
  readonly sending: (entry: CheckedInbound) => FarEntry | Impossible;
}
