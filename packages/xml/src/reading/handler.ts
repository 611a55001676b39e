/** A place in a document, both counted from 1; columns count characters. */
export interface XmlPosition {
  readonly line: number;
  readonly column: number;
}

/** The attributes of an element as written, prefix included, in document order. Has no prototype, so any name is safe. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** Receives a document as it is read. What a handler throws ends the reading and reaches the caller unchanged. */
export interface XmlHandler {
  /**
   * A start tag. Names are as written, prefix included. `position` tells where the tag begins; it may only be called
   * before `startElement` returns, and costs nothing when it is not called. `count` is the number of attributes.
   */
  startElement(name: string, attributes: XmlAttributes, position: () => XmlPosition, count: number): void;
  /**
   * Character data, entities decoded, CDATA and white space included. The text of one element may come in several
   * pieces. White space outside the root is not reported.
   */
  text(text: string): void;
  endElement(name: string): void;
}
