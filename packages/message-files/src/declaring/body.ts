import type { CommandDefinition } from '@waybill/contract';
import type { ManifestNode, ObjectNode } from '@waybill/manifest';
import { type Branch, type Group, type Node, once } from '@waybill/mapping';
import { readNodes } from '../notation/nodes.ts';
import { under } from '../notation/problems.ts';
import type { Reading } from '../notation/reading.ts';
import type { Meanings } from './meanings.ts';

/** What a message has, and what its children say about the command, where they do. */
export interface Body {
  readonly nodes: readonly Node[];
  /** For each command that a child chooses: the nodes that are there then. */
  readonly branches: readonly { readonly command: CommandDefinition; readonly nodes: readonly Node[] }[];
}

/** `body: [nodes]`, or `body: { one of: { Child: { command: … } }, each has: [nodes] }` where the child that is there chooses the command. */
export function readBody(node: ManifestNode, reading: Reading, meanings: Meanings): Body {
  if (node.kind !== 'object') return { nodes: readNodes(node, reading), branches: [] };
  const { problems } = reading;
  problems.keys(node, '"body"', ['one of', 'each has']);
  const children = under(node, 'one of');
  const shared = under(node, 'each has');
  const object = children && problems.object(children, '"one of"');
  if (object === undefined || shared === undefined) {
    problems.notation(
      '"body" with keys has "one of", the children that choose the command, and "each has", what is in each of them.',
      node,
    );
    return { nodes: [], branches: [] };
  }
  const has = readNodes(shared, reading);
  const branches = [...object.entries.values()].flatMap(({ key, value, spot }) => {
    const child = problems.object(value, key);
    const named = reading.format.nameOf(key);
    if ('objection' in named) problems.notation(`"${key}" ${named.objection}.`, { spot });
    const made = child && branch(key, child, has, { reading, meanings });
    if (made !== undefined) reading.sources.set(made.group, { spot });
    return made ?? [];
  });
  const choice: readonly Branch[] = branches.map(({ group, command }) => ({ has: [group], when: { path: ['command'], is: command.name } }));
  return {
    nodes: [{ kind: 'one of', occurs: once, branches: choice }],
    branches: branches.map(({ command, group }) => ({ command, nodes: [group] })),
  };
}

interface Around {
  readonly reading: Reading;
  readonly meanings: Meanings;
}

function branch(
  name: string,
  child: ObjectNode,
  shared: readonly Node[],
  { reading, meanings }: Around,
): { readonly group: Group; readonly command: CommandDefinition } | undefined {
  const { problems } = reading;
  problems.keys(child, name, ['command', 'has']);
  const named = under(child, 'command');
  const more = under(child, 'has');
  if (named === undefined) return problems.notation(`${name} does not say which "command" it stands for.`, child);
  const command = meanings.command(named);
  const own = more === undefined ? [] : readNodes(more, reading);
  return command && { group: { kind: 'group', name, occurs: once, has: [...shared, ...own], into: undefined }, command };
}
