/** What a document may use. A limit that is exceeded refuses the document at once; `Infinity` switches a limit off. */
export interface XmlLimits {
  /** Size of the document in bytes of UTF-8. Default 10 MB (10,485,760). Exceeding it throws `WB_XML_TOO_LARGE`. */
  readonly bytes: number;
  /** Elements inside one another, the root included. Default 100. Exceeding it throws `WB_XML_TOO_DEEP`. */
  readonly depth: number;
  /** Elements in the whole document. Default 1,000,000. Exceeding it throws `WB_XML_TOO_MANY_ELEMENTS`. */
  readonly elements: number;
  /** Attributes of one element. Default 100. Exceeding it throws `WB_XML_TOO_MANY_ATTRIBUTES`. */
  readonly attributes: number;
  /** UTF-16 units of one attribute's value. Default 100,000. Exceeding it throws `WB_XML_ATTRIBUTE_TOO_LONG`. */
  readonly attributeLength: number;
  /**
   * UTF-16 units of the text directly inside one element; white space between its children does not exceed it.
   * Also bounds a single comment, instruction, DOCTYPE or tag, at several times as much. Default 1,000,000.
   * Exceeding it throws `WB_XML_TEXT_TOO_LONG`.
   */
  readonly textLength: number;
}

/** Far more than any predefined message needs, and little enough for the memory of a process. */
export const defaultLimits: XmlLimits = {
  bytes: 10 * 1024 ** 2,
  depth: 100,
  elements: 1_000_000,
  attributes: 100,
  attributeLength: 100_000,
  textLength: 1_000_000,
};
