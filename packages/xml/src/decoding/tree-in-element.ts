import { type TreeContent, type TreeElement, textOfTree } from '@waybill/mapping';
import type { XmlAttributes } from '../reading/handler.ts';

interface Open {
  readonly name: string;
  readonly attributes: XmlAttributes;
  readonly content: TreeContent[];
}

/** Keeps what is in an element of which nothing is known in advance. */
export class TreeInElement {
  readonly #open: Open[];

  /** `text`: what stood in front of the first element. */
  constructor(text: string) {
    this.#open = [{ name: '', attributes: {}, content: [] }];
    this.text(text);
  }

  /** How many elements are open in the element. */
  get depth(): number {
    return this.#open.length - 1;
  }

  start(name: string, attributes: XmlAttributes): void {
    this.#open.push({ name, attributes, content: [] });
  }

  text(text: string): void {
    if (text === '') return;
    const { content } = this.#open.at(-1) as Open;
    const last = content.at(-1);
    if (typeof last === 'string') content[content.length - 1] = last + text;
    else content.push(text);
  }

  end(): void {
    const { name, attributes, content } = this.#open.pop() as Open;
    this.#open.at(-1)?.content.push(elementOf(name, attributes, content));
  }

  /** The elements and the plain text of all. */
  get result(): { readonly content: readonly TreeContent[]; readonly text: string } {
    const content = withoutBlanks((this.#open[0] as Open).content);
    return { content, text: textOfTree(content).trim() };
  }
}

function elementOf(name: string, given: XmlAttributes, content: readonly TreeContent[]): TreeElement {
  const attributes = { ...given };
  const [only = '', ...more] = content;
  if (typeof only === 'string' && more.length === 0) return { name, attributes, text: only };
  const children = withoutBlanks(content);
  return { name, attributes, text: textOfTree(children), children };
}

/** White space between elements means nothing; it does where there is other text, too. */
function withoutBlanks(content: readonly TreeContent[]): readonly TreeContent[] {
  const isMixed = content.some((each) => typeof each === 'string' && !isBlank(each));
  return isMixed ? content : content.filter((each) => typeof each !== 'string');
}
export function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return true;
}
