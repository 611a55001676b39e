import { type XmlAttribute, XmlDocument, XmlElement, XmlParseError, XmlXPath } from 'libxml2-wasm';
import type { Tree } from '../support/recorder.ts';

/** What libxml2 makes of a document: its tree, or what it calls wrong. It gets no file and no address. */
export function readByLibxml2(body: Uint8Array): Tree | { readonly refused: string } {
  try {
    using document = XmlDocument.fromBuffer(body);
    return treeOf(document.root);
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    return { refused: error.message };
  }
}

// The library cannot go on behind an instruction, so that it is asked for what is wanted instead of walked through.
const elementsAndTexts = XmlXPath.compile('* | text()');

function treeOf(element: XmlElement): Tree {
  const content: (Tree | string)[] = [];
  for (const node of element.find(elementsAndTexts)) {
    const last = content.at(-1);
    if (node instanceof XmlElement) content.push(treeOf(node));
    else if (typeof last === 'string') content[content.length - 1] = last + node.content;
    else if (node.content !== '') content.push(node.content);
  }
  return { name: prefixed(element), attributes: attributesOf(element), content };
}

/** With the declarations of namespaces, which libxml2 keeps apart. */
function attributesOf(element: XmlElement): Readonly<Record<string, string>> {
  const declared = Object.entries(element.localNamespaces).map(
    ([prefix, uri]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri] as const,
  );
  return Object.fromEntries([...declared, ...element.attrs.map((one) => [prefixed(one), one.value] as const)]);
}

function prefixed({ prefix, name }: XmlElement | XmlAttribute): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}
