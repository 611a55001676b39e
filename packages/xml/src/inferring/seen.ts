import type { XmlAttributes, XmlHandler } from '../reading/handler.ts';

/** Stand for the beginning and the end of an element's children. No element has such a name. */
export const start = '<';
export const end = '>';

/** A place with more different values, or with a longer one, has no set of code words. */
const mostValues = 8;
const longestValue = 40;

/** What was seen of the values of an attribute or of the texts of an element. */
export class SeenValues {
  count = 0;
  /** Undefined once there were too many of them, or too long ones. */
  different: Set<string> | undefined = new Set();

  add(value: string): void {
    this.count += 1;
    if (value.length > longestValue) this.different = undefined;
    this.different?.add(value);
    if (this.different && this.different.size > mostValues) this.different = undefined;
  }
}

/**
 * What was seen of all elements of one name. It grows with the number of different names and not with the number of elements: which child comes
 * directly behind which is kept, not in what rows they come.
 */
export class SeenElement {
  count = 0;
  readonly attributes = new Map<string, SeenValues>();
  readonly texts = new SeenValues();
  /** Whether one had text beside blanks, and whether one had nothing but blanks. */
  hasText = false;
  hasBlanksAlone = false;
  /** What came directly behind a child, from `start` to `end`. */
  readonly next = new Map<string, Set<string>>();

  /** The names of its children, in the order in which they were first seen. */
  get children(): readonly string[] {
    return [...this.next.keys()].filter((name) => name !== start);
  }

  follow(last: string, name: string): void {
    const behind = this.next.get(last);
    if (behind) behind.add(name);
    else this.next.set(last, new Set([name]));
  }
}

interface Open {
  readonly seen: SeenElement;
  last: string;
  /** The beginning of its text. */
  text: string;
  hasText: boolean;
}

/** Remembers what is seen in documents. */
export class Observer implements XmlHandler {
  /** In the order in which they were first seen. */
  readonly elements = new Map<string, SeenElement>();
  readonly roots = new Set<string>();
  readonly #open: Open[] = [];

  startElement(name: string, attributes: XmlAttributes): void {
    const seen = this.elements.get(name) ?? new SeenElement();
    this.elements.set(name, seen);
    seen.count += 1;
    for (const [key, value] of Object.entries(attributes)) {
      const values = seen.attributes.get(key) ?? new SeenValues();
      seen.attributes.set(key, values);
      values.add(value);
    }
    const parent = this.#open.at(-1);
    if (!parent) this.roots.add(name);
    else {
      parent.seen.follow(parent.last, name);
      parent.last = name;
    }
    this.#open.push({ seen, last: start, text: '', hasText: false });
  }

  text(text: string): void {
    const open = this.#open.at(-1) as Open;
    open.hasText ||= /[^ \t\n\r]/.test(text);
    if (open.text.length <= longestValue) open.text += text.slice(0, longestValue + 1);
  }

  endElement(): void {
    const { seen, last, text, hasText } = this.#open.pop() as Open;
    seen.hasText ||= hasText;
    seen.hasBlanksAlone ||= text !== '' && !hasText;
    if (hasText) seen.texts.add(text.trim());
    seen.follow(last, end);
  }
}
