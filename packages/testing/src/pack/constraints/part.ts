/** A message taken apart: elements of XML, or tagged segments with their fields. */
export interface Part {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, text: string])[];
  readonly parts: readonly Part[];
  /** As it stands in the message. */
  readonly text: string;
}

/** The way from the root to a part: the numbers of the parts on it. */
export type Address = readonly number[];

export interface Place {
  readonly part: Part;
  readonly address: Address;
}

/** `A/B@c` as the names of parts and of an attribute. */
export function stepsOf(path: string): { readonly names: readonly string[]; readonly attribute: string | undefined } {
  const [parts = '', attribute] = path.split('@');
  return { names: parts === '' ? [] : parts.split('/'), attribute };
}

/** The parts at a path from below the root, in the order of the message. */
export function placesAt(root: Part, names: readonly string[]): readonly Place[] {
  return names.reduce<readonly Place[]>(
    (places, name) =>
      places.flatMap(({ part, address }) =>
        part.parts.flatMap((child, index) => (child.name === name ? [{ part: child, address: [...address, index] }] : [])),
      ),
    [{ part: root, address: [] }],
  );
}

export function partAt(root: Part, address: Address): Part {
  return address.reduce((part, index) => part.parts[index] as Part, root);
}

/** The message with other parts in the place of one. */
export function replaced(root: Part, address: Address, by: readonly Part[]): Part {
  const [index, ...rest] = address;
  if (index === undefined) return by[0] as Part;
  const inside = rest.length === 0 ? by : [replaced(root.parts[index] as Part, rest, by)];
  return { ...root, parts: root.parts.toSpliced(index, 1, ...inside) };
}

export const changed = (root: Part, address: Address, change: (part: Part) => Part): Part =>
  replaced(root, address, [change(partAt(root, address))]);

/** The message as a form of text has it. */
export interface Taken {
  readonly root: Part;
  readonly print: (root: Part) => string;
  /** Whether parts can have attributes. */
  readonly hasAttributes: boolean;
  /** How a text stands in the message. */
  readonly escape: (text: string) => string;
  /** A record of fixed width without its last character. Undefined for a part that is none. */
  readonly cut?: (part: Part, path: string) => Part | undefined;
}
