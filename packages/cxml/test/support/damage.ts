/** The next number below `count`, by a seed: the same damage can be done again. */
export type Random = (count: number) => number;

/** Mulberry32, which is short. */
export function randomBy(seed: number): Random {
  let state = seed >>> 0;
  return (count) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
}

const marks = [
  '<',
  '>',
  '/',
  '&',
  ';',
  '"',
  "'",
  '=',
  ' ',
  '\n',
  '\0',
  '\ud800',
  'é',
  '0',
  '-',
  '.',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?x?>',
  '&#0;',
  '&amp;',
];
const element = /<([A-Za-z]\w*)(?:\s[^<>]*)?(?:\/>|>[^<>]*<\/\1>)/g;
const attribute = /\s[A-Za-z:]+="[^"]*"/g;
const text = />[^<>]+</g;
const value = /"[^"<]*"/g;

/** A document with one thing changed. */
export function damaged(document: string, random: Random): string {
  const at = random(document.length);
  switch (random(9)) {
    case 0:
      return document.slice(0, at) + (marks[random(marks.length)] as string) + document.slice(at);
    case 1:
      return document.slice(0, at) + document.slice(at + 1 + random(40));
    case 2:
      return document.slice(0, at);
    case 3:
      return document.slice(0, at) + document.slice(at, at + random(200)) + document.slice(at);
    case 4:
      return changedAt(document, element, random, () => '');
    case 5:
      return changedAt(document, element, random, (found) => found + found);
    case 6:
      return changedAt(document, attribute, random, (found) => (random(2) === 0 ? '' : found.replace(/\w/, 'x')));
    case 7:
      return changedAt(document, text, random, () => `>${junk(random)}<`);
    default:
      return changedAt(document, value, random, () => `"${junk(random)}"`);
  }
}

const texts = [
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  '1,5',
  'none',
  'yes',
  'no',
  'x'.repeat(300),
  '\t',
  '&#13;',
  '😀',
  '+1 2 3',
  'Z',
  '2026-01-01',
  '%',
  '&lt;b&gt;',
  '99999999999999999999999',
];
const junk = (random: Random): string => texts[random(texts.length)] as string;

/** Changes one of the places that a pattern finds. */
function changedAt(document: string, pattern: RegExp, random: Random, change: (found: string) => string): string {
  const places = Array.from(document.matchAll(pattern));
  const place = places[random(Math.max(places.length, 1))];
  if (place === undefined) return document;
  const [found] = place;
  return document.slice(0, place.index) + change(found) + document.slice(place.index + found.length);
}
