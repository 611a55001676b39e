import type { AnyConversion, Conversion, Node, Nodes } from '@waybill/mapping';

/** Whether a document asks for something, says something through a browser, or answers. */
export type CxmlKind = 'request' | 'message' | 'response';

/** The DTDs that a document may name; each knows some documents only: reference/procurement-messages.md, section 3.1. */
export type DtdModule = 'cXML' | 'Fulfill' | 'InvoiceDetail';

/** What is said of a type of document. */
export interface DocumentDefinition<Input extends object = object, Wire extends object = Input> {
  readonly kind: CxmlKind;
  /** The name of its element: `OrderRequest`. A bare answer is a `Response`. */
  readonly type: string;
  readonly module: DtdModule;
  readonly summary: string;
  /**
   * What its input is: a command or an event of @waybill/commerce, which have places for payload id, time and parties themselves, or content and nothing
   * else.
   */
  readonly holds: 'command' | 'event' | 'content';
  /** What is in its element, in the order of the DTD. */
  readonly nodes: () => Nodes<Wire>;
  /** What the input is, where that has not the shape of its nodes, and what of it is not written. */
  readonly converts?: Conversion<Wire, Input>;
  /** What the input has beside what its nodes say, such as numbers of lines by position. */
  readonly afterRead?: (input: Input) => Input;
  /** What a DTD of this version has no place for is left out. */
  readonly beforeWrite?: (input: Input, version: string) => Input;
}

/** Keeps the type of the input for the nodes alone: a list of documents holds many. */
export function defineDocument<Input extends object, Wire extends object = Input>(
  definition: DocumentDefinition<Input, Wire>,
): DocumentDefinition {
  return definition as unknown as DocumentDefinition;
}

/** A group of nodes that is built from names that are not known before. */
export function groupOf(name: string, has: readonly Node[], into?: readonly string[], converts?: AnyConversion): Node {
  return { kind: 'group', name, occurs: { min: 1, max: 1 }, has, into, converts };
}

/** What a document to a buyer says, without what stands around it. */
export type EventContent<Data> = Omit<Data, 'buyer' | 'parties' | 'payloadId' | 'test'>;
