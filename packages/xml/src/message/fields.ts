import type { MessageField } from '@waybill/contract';
import { describe } from '@waybill/values';
import { resolved } from '../declaring/content.ts';
import type { Attribute, ElementNode, Node, Single } from '../declaring/nodes.ts';

/**
 * The documentation table of a message: every element and attribute in schema order, paths from below the root. An
 * element inside itself is listed once.
 */
export function fieldsOf(root: ElementNode): readonly MessageField[] {
  return elementFields(root, '', []);
}

interface Occurs {
  readonly min: number;
  readonly max: number;
  readonly choice: boolean;
}

const once: Occurs = { min: 1, max: 1, choice: false };

function elementFields(node: ElementNode, path: string, open: readonly ElementNode[]): readonly MessageField[] {
  const attributes = Object.values(node.attributes).map((each) => attributeField(each, path));
  const children = Object.values(node.children).flatMap((child) => childFields(child, path, once, [...open, node]));
  return [...attributes, ...children];
}

function attributeField({ name, type, presence, mandatory, preset, about }: Attribute, path: string): MessageField {
  const words = presence === 'default' ? `${describe(type.facets)}; without it ${shownPreset(type.write(preset))}` : describe(type.facets);
  const occurs = mandatory ? '1' : '0..1';
  return {
    path: `${path}@${name}`,
    occurs,
    type: presence === 'fixed' ? `always ${words}` : words,
    ...(about === undefined ? {} : { description: about }),
  };
}

function shownPreset(written: unknown): string {
  return typeof written === 'string' ? written : '';
}

function childFields(node: Node, path: string, occurs: Occurs, open: readonly ElementNode[]): readonly MessageField[] {
  switch (node.kind) {
    case 'optional':
      return childFields(node.of, path, { ...occurs, min: 0 }, open);
    case 'many':
      return childFields(node.of, path, { ...occurs, min: node.min * occurs.min, max: node.max }, open);
    case 'choice':
      return Object.values(node.branches).flatMap((branch) => childFields(branch, path, { ...occurs, min: 0, choice: true }, open));
    case 'sequence':
      return Object.values(node.children).flatMap((child) => childFields(child, path, occurs, open));
    case 'element':
    case 'lazy':
      return placedFields(node, path, occurs, open);
  }
}

function placedFields(node: Single, path: string, { min, max, choice }: Occurs, open: readonly ElementNode[]): readonly MessageField[] {
  const found = resolved(node) as ElementNode;
  const here = path === '' ? found.name : `${path}/${found.name}`;
  const repeats = open.includes(found);
  const notes = [found.about, choice ? 'one of several' : undefined, repeats ? 'nested, as above' : undefined].filter(
    (note) => note !== undefined,
  );
  const field: MessageField = {
    path: here,
    occurs: min === max ? String(min) : `${min}..${max === Number.POSITIVE_INFINITY ? 'n' : max}`,
    type: contentOf(found),
    ...(notes.length === 0 ? {} : { description: notes.join('; ') }),
  };
  return [field, ...(repeats ? [] : elementFields(found, here, open))];
}

function contentOf({ text, children, others }: ElementNode): string {
  if (others !== undefined) return `elements of any name, each once: ${describe(others.facets)}`;
  if (text !== undefined && text !== 'ignored') return describe(text.facets);
  return Object.keys(children).length > 0 ? 'elements' : 'empty';
}
