import type { PlatformSettings } from './platform.ts';

/**
 * How well a quirk is known.
 *
 * - high: the vendor's own text or a real document was read.
 * - medium: others have compiled it from named guides of the vendor.
 * - low: pages of users or sellers say so.
 * - guess: nobody was found who says so; it is what other platforms do.
 */
export type Confidence = 'high' | 'medium' | 'low' | 'guess';

/** One thing in which a platform differs from the others. */
export interface Quirk {
  /** Under this name a buyer switches it off. */
  readonly name: string;
  /** What the platform does, in a sentence. */
  readonly says: string;
  /** Tags of reference/procurement-messages.md, chapter 9. */
  readonly source: string;
  readonly confidence: Confidence;
  /** What is done about it. Missing: it is told to people; no setting depends on it. */
  readonly sets?: PlatformSettings;
}

/** What is known of a procurement system, as data. It sets defaults of a buyer, and nothing else. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly protocol: 'cxml' | 'oci';
  readonly quirks: readonly Quirk[];
}
