import type { XmlLimits } from './limits.ts';

/** How a document is read. */
export interface ReadingOptions {
  /** What the document may use. Default for each: see `defaultLimits`. */
  readonly limits?: Partial<XmlLimits> | undefined;
  /**
   * True: somebody has found out the encoding and converted the document to UTF-8, so that whatever it declares about its own
   * encoding is out of date and not looked at. Default false: a document that declares another encoding is refused.
   */
  readonly encodingKnown?: boolean | undefined;
}

/** How a document is read that arrives in pieces. */
export interface StreamOptions extends ReadingOptions {
  /**
   * The name of elements of which each may use what `limits.bytes` and `limits.elements` allow, instead of the whole document: its own bytes, from behind
   * its start tag on, and the elements in it with itself. What stands between them is not counted. Default: the limits hold for the document.
   */
  readonly limitsPer?: string | undefined;
}
