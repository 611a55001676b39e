import type { EntryCounts, Instant } from '@waybill/contract';
import type { ManifestChange } from '@waybill/manifest';
import type { Probed } from '@waybill/plugin-host';
import type { Looked } from './stranded.ts';

/** What `waybill plan` has found out. */
export interface Plan {
  readonly file: string;
  /** What it was compared with: a manifest that was named, the one that was started last, what running processes say, or nothing, since there was nothing. */
  readonly comparedWith: { readonly file: string } | { readonly started: Instant } | 'running processes' | 'nothing';
  readonly changes: readonly ManifestChange[];
  readonly stranded: readonly EntryCounts[];
  /** False: what is stranded lies in a journal that this manifest does not have. */
  readonly keepsJournal: boolean;
  readonly journal: Looked;
  readonly probed: readonly Probed[] | undefined;
}
