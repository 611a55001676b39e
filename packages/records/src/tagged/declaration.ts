import type { Layout } from '../layout/layout.ts';

interface Tagged {
  /** Upper and lower case are different. */
  readonly tag: string;
  /** How often it has to stand at its place, and how often it may. Default once; 0 for `min`: it need not be there. */
  readonly min?: number;
  readonly max?: number;
  readonly description?: string;
  readonly evidence?: string;
}

/** A tag around others, which stand in this order. */
export interface TagGroup extends Tagged {
  readonly tags: readonly Tag[];
}

/** A tag around fields. */
export interface TagSegment extends Tagged {
  readonly layout: Layout;
  /**
   * How many units there have to be at least. Where the closing tag comes after these and exactly at the end of a field, the rest is absent.
   * Default: all, since anything less is more often a character that was lost.
   */
  readonly least?: number;
  /** What stands between the last field and the closing tag: kept word for word and written back, or refused. Default keep. */
  readonly surplus?: 'keep' | 'refuse';
}

export type Tag = TagGroup | TagSegment;
