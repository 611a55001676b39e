import type { Part, Taken } from './part.ts';

const comments = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g;
const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<\/[^>]*>|<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|[^<]+/g;
const attribute = /([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g;

interface Open {
  readonly name: string;
  readonly attributes: Part['attributes'];
  readonly parts: Part[];
  text: string;
}

/** A well-formed document, without its comments and instructions. Undefined for what is none. */
export function takeXml(document: string): Taken | undefined {
  const start = /<[^!?\s]/.exec(document)?.index;
  if (start === undefined || !document.trimStart().startsWith('<')) return undefined;
  const root = rootOf(document.slice(start).replaceAll(comments, ''));
  if (root === undefined) return undefined;
  const prolog = document.slice(0, start);
  return { root, print: (changed) => prolog + printed(changed), hasAttributes: true, escape };
}

function rootOf(text: string): Part | undefined {
  const open: Open[] = [{ name: '', attributes: [], parts: [], text: '' }];
  for (const [all, cdata, name, attributes = '', empty] of text.matchAll(token)) {
    const around = open.at(-1) as Open;
    if (name !== undefined) {
      const begun: Open = { name, attributes: attributesIn(attributes), parts: [], text: '' };
      if (empty === '/') around.parts.push(begun);
      else open.push(begun);
    } else if (all.startsWith('</')) {
      const ended = open.pop() as Open;
      if (open.length === 0 || all.slice(2, -1).trim() !== ended.name) return undefined;
      (open.at(-1) as Open).parts.push(ended.parts.length > 0 ? { ...ended, text: ended.text.trim() } : ended);
    } else around.text += cdata === undefined ? all : escape(cdata);
  }
  const [root, second] = open[0]?.parts ?? [];
  return open.length === 1 && second === undefined ? root : undefined;
}

function attributesIn(text: string): Part['attributes'] {
  return [...text.matchAll(attribute)].map(([, name = '', quoted = '']) => [name, quoted.slice(1, -1).replaceAll('"', '&quot;')] as const);
}

function printed({ name, attributes, parts, text }: Part): string {
  const start = [name, ...attributes.map(([key, value]) => `${key}="${value}"`)].join(' ');
  return `<${start}>${text}${parts.map(printed).join('')}</${name}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
