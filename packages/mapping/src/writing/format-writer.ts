/** Takes a message node by node, in the order of the wire. */
export interface FormatWriter {
  /** Begins a group. */
  open(name: string): void;
  /** An attribute of the group that was opened last, before anything in it. */
  attribute(name: string, text: string): void;
  /** The own text of the group that was opened last. */
  text(text: string): void;
  /** A node with nothing but text. */
  leaf(name: string, text: string): void;
  /** White space means something in the group that was opened last: nothing is put between what is in it. */
  inline?(): void;
  /** Ends the group that was opened last. */
  close(): void;
}

/** Writes values by one declaration. */
export interface Writing {
  /** Throws a `Misfit` where the value does not fit the declaration. What `out` got until then is worth nothing. */
  write(value: unknown, out: FormatWriter): void;
}
