/** A tag in a text that may be damaged. */
export interface Tag {
  /** Without prefix, in lower case. */
  readonly name: string;
  readonly isEnd: boolean;
  /** Written as `<name/>`. */
  readonly isEmpty: boolean;
  readonly from: number;
  /** Behind the name. */
  readonly named: number;
  /** False: something else than a `>` ends it. */
  readonly isSound: boolean;
  /** Behind the `>`, or the end of the text where it is cut. */
  readonly to: number;
}

const beginning = /<(?:(!--)|(!\[CDATA\[)|(\?)|(!)|(\/)?\s*((?:[^\s<>/="'!?:]{1,256}:)?)([^\s<>/="'!?:]{1,256}))/g;

/**
 * The tags of a text from `start` on, in their order. Never throws, whatever the text is. `inMarkup`: true for those in comments, CDATA and instructions as well; else, where
 * one of these does not end, the text does.
 */
export function* tagsIn(text: string, start = 0, inMarkup = false): Generator<Tag, undefined> {
  const found = new RegExp(beginning);
  found.lastIndex = start;
  for (let match = found.exec(text); match !== null; match = found.exec(text)) {
    const [, comment, cdata, instruction, declaration, slash, , name] = match;
    const from = match.index;
    if (name === undefined) {
      if (inMarkup) continue;
      const mark = comment !== undefined ? '-->' : cdata !== undefined ? ']]>' : instruction !== undefined ? '?>' : '>';
      found.lastIndex = behind(text, declaration === undefined ? mark : '>', found.lastIndex);
      continue;
    }
    const named = found.lastIndex;
    const to = endOfTag(text, named);
    const isSound = text[to - 1] === '>';
    yield { name: name.toLowerCase(), isEnd: slash !== undefined, isEmpty: isSound && text[to - 2] === '/', from, named, to, isSound };
    found.lastIndex = to;
  }
  return undefined;
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** Behind the `>` of a tag. A quote that nothing closes in front of the next tag is none. */
function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '>') return at + 1;
    if (sign === '<') return at;
    if (sign !== '"' && sign !== "'") continue;
    const close = text.indexOf(sign, at + 1);
    const next = nextMark(text, at + 1);
    if (close < 0 || close > next) return next;
    at = close;
  }
  return text.length;
}

function nextMark(text: string, from: number): number {
  const at = text.indexOf('<', from);
  return at < 0 ? text.length : at;
}

/** Where what is in the element ends whose start tag this is: at its end tag, or at the end of the text. */
export function endOfContent(text: string, start: Tag): number {
  let depth = 0;
  for (const tag of tagsIn(text, start.to)) {
    if (!tag.isEnd) {
      if (!tag.isEmpty) depth += 1;
      continue;
    }
    if (tag.name === start.name || depth === 0) return tag.from;
    depth -= 1;
  }
  return text.length;
}
