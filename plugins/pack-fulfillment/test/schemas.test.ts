import type { TSchema } from '@waybill/contract';
import { typeName } from '@waybill/contract';
import { checkFields, fillingOf, type Node } from '@waybill/mapping';
import { describe, expect, it } from 'vitest';
import type { Binding } from '../src/binding.ts';
import { bindings } from '../src/catalogue.ts';

// A mapping is compared with the schema of what it fills, as a message file is: fields that do not exist, are missing or have no place.

/** What fills the input of a command, inside the frame: where a child chooses the command, the one that chooses this. */
function bodyOf({ message }: Binding, command: string | undefined): readonly Node[] {
  const input = fillingOf(message.root.has).filled.find(({ path }) => path.join('.') === 'input');
  const nodes = input?.given.kind === 'object' ? input.given.has : [];
  return nodes.flatMap((node) => {
    const chosen =
      node.kind === 'one of' ? node.branches.find(({ when }) => when?.path.join('.') === 'command' && when.is === command) : undefined;
    return chosen?.has ?? [node];
  });
}

/** Where a function stands beside the declaration, the declaration alone does not say it all. */
const alone = bindings.filter(({ prepare, interpret }) => prepare === undefined && interpret === undefined);

const meanings = alone.flatMap((binding): readonly (readonly [string, readonly Node[], TSchema, 'in' | 'out'])[] => {
  const { commands = [], event } = binding.type;
  const name = typeName(binding.type);
  const told = event === undefined ? [] : [[name, bodyOf(binding, undefined), event.data, 'out'] as const];
  const asked = commands.map((command) => [`${name} as ${command.name}`, bodyOf(binding, command.name), command.input, 'in'] as const);
  return [...told, ...asked];
});

describe.each(meanings)('%s', (_name, nodes, schema, direction) => {
  it('fits what it stands for', () => {
    expect(nodes.length).toBeGreaterThan(0);
    expect(checkFields({ nodes, schema: { ...schema }, direction }).map(({ says }) => says)).toEqual([]);
  });
});

it('most messages need no function', () => {
  expect(alone.length).toBeGreaterThan(bindings.length / 2);
});
