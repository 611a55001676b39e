/** From how many bytes on a body is handed over rather than copied on its way. */
const large = 1024 * 1024;

/** Arguments of a call as they go over, and what is handed over with them. */
export interface Packed {
  readonly args: readonly unknown[];
  readonly handedOver: readonly ArrayBuffer[];
}

/**
 * Copies the large bodies in the arguments of a call once and hands the copies over. What is posted without that is copied twice, by way of a buffer
 * that doubles whenever it is full: four times the body at its peak. `size`: how many bytes the bodies have together.
 */
export function packLarge(args: readonly unknown[], size: number): Packed {
  if (size < large) return { args, handedOver: [] };
  const handedOver: ArrayBuffer[] = [];
  return { args: args.map((arg) => withOwnBodies(arg, handedOver)), handedOver };
}

function withOwnBodies(value: unknown, handedOver: ArrayBuffer[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) {
    if (value.byteLength < large) return value;
    const own = new Uint8Array(value);
    handedOver.push(own.buffer);
    return own;
  }
  if (Array.isArray(value)) return value.map((each) => withOwnBodies(each, handedOver));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withOwnBodies(each, handedOver)]));
}
