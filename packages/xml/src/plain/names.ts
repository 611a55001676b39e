/** Codes of a document's UTF-16 units. Typed arrays are read much faster than texts. */
export type Codes = Uint8Array | Uint16Array;

const slots = 2048;
/** How many slots a name may be in. With a single one, some names of a message would replace each other all the time. */
const choices = 4;
/** Names are kept, so they have to be short. */
export const longestName = 64;
const names: string[] = Array.from({ length: slots }, () => '');
const nameCodes = new Uint8Array(slots * longestName);
/** Counts the names that were kept. It decides which of the `choices` a new name replaces, so that names in use find a place in the end. */
let kept = 0;

/**
 * The ASCII name from `start` to `end`, as the same string object however often it is read: comparing an object with itself
 * takes no time. `hash` picks the slots. Unknown names replace known ones, so that they take time and no memory.
 */
export function sharedName(codes: Codes, start: number, end: number, hash: number): string {
  for (let choice = 0; choice < choices; choice += 1) {
    const slot = (hash + choice) & (slots - 1);
    const known = names[slot] as string;
    if (known === '') return keepName(codes.subarray(start, end), slot);
    if (known.length === end - start && holds(slot, codes, start, end)) return known;
  }
  return keepName(codes.subarray(start, end), (hash + (kept % choices)) & (slots - 1));
}

function holds(slot: number, codes: Codes, start: number, end: number): boolean {
  const shift = slot * longestName - start;
  for (let at = start; at < end; at += 1) if (nameCodes[at + shift] !== codes[at]) return false;
  return true;
}

function keepName(codes: Codes, slot: number): string {
  nameCodes.set(codes, slot * longestName);
  // As the key of an object, a text becomes the same string object as the equal name in a declaration.
  const [name] = Object.keys({ [String.fromCharCode(...codes)]: true }) as [string];
  names[slot] = name;
  kept += 1;
  return name;
}
