import type { TSchema } from '@waybill/contract';
import { typeName } from '@waybill/contract';
import { checkFields, fillingOf, type Node } from '@waybill/mapping';
import { describe, expect, it } from 'vitest';
import type { Binding } from '../src/binding.ts';
import { bindings } from '../src/catalogue.ts';

// A mapping is compared with the schema of what it fills, as a message file is: fields that do not exist, are missing or have no place.

/** What fills the input, inside the frame. */
function bodyOf({ message }: Binding): readonly Node[] {
  const input = fillingOf(message.root.has).filled.find(({ path }) => path.join('.') === 'input');
  return input?.given.kind === 'object' ? input.given.has : [];
}

/** Where a function stands beside the declaration, the declaration alone does not say it all. */
const alone = bindings.filter(({ prepare, interpret }) => prepare === undefined && interpret === undefined);

const meanings = alone.flatMap((binding): readonly (readonly [string, Binding, TSchema, 'in' | 'out'])[] => {
  const { commands = [], event } = binding.type;
  const name = typeName(binding.type);
  const told = event === undefined ? [] : [[name, binding, event.data, 'out'] as const];
  return [...told, ...commands.map(({ input }) => [name, binding, input, 'in'] as const)];
});

describe.each(meanings)('%s', (_name, binding, schema, direction) => {
  it('fits what it stands for', () => {
    const nodes = bodyOf(binding);
    expect(nodes.length).toBeGreaterThan(0);
    expect(checkFields({ nodes, schema: { ...schema }, direction }).map(({ says }) => says)).toEqual([]);
  });
});

it('most messages need no function', () => {
  expect(alone.length).toBeGreaterThan(bindings.length / 2);
});
