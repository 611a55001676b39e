import type { EntryCounts, Instant } from '@waybill/contract';
import type { ManifestChange, Problem } from '@waybill/manifest';
import type { Probed } from '@waybill/plugin-host';
import type { Looked } from './stranded.ts';

/** What `waybill plan` has found out. */
export interface Plan {
  readonly file: string;
  /** What it was compared with: a manifest that was named, or the one that was started last, unless that has problems by now. Nothing, where there was none. */
  readonly comparedWith: { readonly file: string } | { readonly started: Instant; readonly problems?: readonly Problem[] } | 'nothing';
  readonly changes: readonly ManifestChange[];
  readonly stranded: readonly EntryCounts[];
  /** False: what is stranded lies in a journal that this manifest does not have. */
  readonly keepsJournal: boolean;
  readonly journal: Looked;
  readonly probed: readonly Probed[] | undefined;
}
