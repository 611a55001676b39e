/** A message property. `value` is as it lies in the memory of the program that set it; strings are in UTF-8. */
export interface Property {
  readonly name: string;
  /** One of MQTYPE_*. */
  readonly type: number;
  readonly value: Buffer;
}
