/** Attributes to write, in this order; those that are undefined are left out. */
export type WrittenAttributes = Readonly<Record<string, string | undefined>>;

/** Takes a message node by node, in the order of the wire. */
export interface Sink {
  /** Begins a group. */
  open(name: string, attributes: WrittenAttributes | undefined): void;
  /** A node with nothing but text, and perhaps attributes. */
  leaf(name: string, text: string, attributes?: WrittenAttributes): void;
  /** The own text of the group that was opened last. */
  text(text: string): void;
  /** Ends the group that was opened last. */
  close(): void;
}
