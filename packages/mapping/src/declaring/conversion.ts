import type { Problem } from '@waybill/values';

/**
 * What a value holds in place of an object with the shape of the wire: a text instead of its parts, an object whose fields stand in other groups on
 * the wire. What is written is read as the same.
 */
export interface Conversion<Wire, Value> {
  /** The value. Undefined: the node says nothing, and is as good as absent. */
  readonly read: (wire: Wire) => Value | Problem | undefined;
  readonly write: (value: Value) => Wire | Problem;
  /** Of a made-up object: as it has to be so that it is read, and written again. Default: as it is. */
  readonly sound?: (wire: Wire) => Wire;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a conversion whose sides nobody needs to know here.
export type AnyConversion = Conversion<any, any>;
