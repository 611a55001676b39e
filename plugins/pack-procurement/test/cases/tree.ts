import { parseXml } from '@waybill/xml';

/** An element, as another reader than that of the documents sees it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** All text in it, that of its children included. */
  readonly text: string;
}

interface Open extends Element {
  readonly children: Open[];
  text: string;
}

/** Throws what is wrong with the document. */
export function treeOf(document: string): Element {
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  parseXml(document, {
    startElement: (name, attributes) => {
      const element: Open = { name, attributes: { ...attributes }, children: [], text: '' };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    text: (text) => {
      for (const element of open) element.text += text;
    },
    endElement: () => void open.pop(),
  });
  return top.children[0] as Element;
}

/** What a path finds below the root: `Message/Status/@code`, `A/B[@name="x"]`, `count(A/B)`. Text without white space around it. */
export function found(root: Element, path: string): readonly string[] {
  const [, counted] = /^count\((.+)\)$/.exec(path) ?? [];
  if (counted !== undefined) return [String(elements(root, counted).length)];
  const [, before, attribute] = /^(.*?)\/?@([\w:]+)$/.exec(path) ?? [];
  if (attribute === undefined) return elements(root, path).map(({ text }) => text.trim());
  return elements(root, before ?? '').flatMap(({ attributes }) => attributes[attribute] ?? []);
}

export function elements(root: Element, path: string): readonly Element[] {
  const steps = path === '' ? [] : path.split('/');
  return steps.reduce<readonly Element[]>(
    (found, step) => found.flatMap(({ children }) => children.filter((child) => isNamed(child, step))),
    [root],
  );
}

function isNamed({ name, attributes }: Element, step: string): boolean {
  const [, wanted = '', attribute, value] = /^([\w:]+)(?:\[@([\w:]+)="([^"]*)"\])?$/.exec(step) ?? [];
  return name === wanted && (attribute === undefined || attributes[attribute] === value);
}

/** As `found`, below any element. */
export function foundAnywhere(root: Element, path: string): readonly string[] {
  return [...found(root, path), ...root.children.flatMap((child) => foundAnywhere(child, path))];
}
