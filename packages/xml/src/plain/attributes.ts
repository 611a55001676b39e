import type { XmlAttributes } from '../reading/handler.ts';

/**
 * An object without names of its own for attributes. It is as safe as one without prototype, and V8 reads and makes it
 * several times faster.
 */
export class Attributes {
  [name: string]: string;
}
Object.setPrototypeOf(Attributes.prototype, null);
delete (Attributes.prototype as { constructor?: unknown }).constructor;
Object.freeze(Attributes.prototype);

export const noAttributes: XmlAttributes = Object.freeze(new Attributes());
