/** Codes of a document's UTF-16 units. Typed arrays are read much faster than texts. */
export type Codes = Uint8Array | Uint16Array;

const slots = 2048;
/** How many slots a name may be in. With one, some names of any message would push each other out all the time. */
const choices = 4;
/** Names are kept, so they have to be short. */
export const longestName = 64;
const names: string[] = Array.from({ length: slots }, () => '');
const nameCodes = new Uint8Array(slots * longestName);
/** Counts the names that were kept: they push out now this one, now that one, until those that are in use have found a place. */
let kept = 0;

/**
 * The ASCII name from `start` to `end`, as one string however often it is read: texts that are the same object are
 * compared at once. `hash` picks the slots; foreign names push known ones out, so they cost time and no memory.
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
  // Only as the key of an object a text is the very object that its equals in a declaration are.
  const [name] = Object.keys({ [String.fromCharCode(...codes)]: true }) as [string];
  names[slot] = name;
  kept += 1;
  return name;
}
