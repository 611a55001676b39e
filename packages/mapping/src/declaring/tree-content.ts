/** An element of which nothing is known in advance. */
export interface TreeElement {
  /** As written, prefix included. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its plain text, that of the elements in it included. */
  readonly text: string;
  /** What is in it; absent where that is nothing but text. */
  readonly children?: readonly TreeContent[];
}

/** Elements and texts in their order. White space between elements is left out. */
export type TreeContent = TreeElement | string;

/** The plain text of elements and texts. Elements without text between them are parted by a blank. */
export function textOfTree(content: readonly TreeContent[]): string {
  const isMixed = content.some((each) => typeof each === 'string');
  return content.map((each) => (typeof each === 'string' ? each : each.text)).join(isMixed ? '' : ' ');
}
