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
