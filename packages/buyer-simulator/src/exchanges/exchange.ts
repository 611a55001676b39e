/** A body that crossed a wire. Secrets in it are masked. */
export interface Shown {
  readonly contentType: string;
  readonly text: string;
}

/** One document and its answer. */
export interface Exchange {
  readonly id: number;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  /** From the side of the buyer. */
  readonly direction: 'sent' | 'received';
  /** From program to program, or through the browser of a user. */
  readonly by: 'http' | 'browser';
  /** The document: `OrderRequest`, `OCI call`. */
  readonly what: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: Shown;
  /** Missing while it is awaited, where none came, and of what a browser sends to the shop. */
  readonly answer?: (Shown & { readonly status: number; readonly headers: Readonly<Record<string, string>> }) | undefined;
  /** Until the answer, in milliseconds. */
  readonly took?: number | undefined;
  /** Status of cXML in the answer, such as `200 OK`. */
  readonly status?: string | undefined;
  /** What was wrong with it. */
  readonly problem?: string | undefined;
  /** What is worth a look, though it works. */
  readonly notes: readonly string[];
  /** The requisition that it belongs to. */
  readonly requisition?: string | undefined;
}

export type NewExchange = Omit<Exchange, 'id' | 'at' | 'notes'> & { readonly notes?: readonly string[] };
