import { guaranteeWords } from '@waybill/cli';
import { describe, expect, it } from 'vitest';
import { type Guarantee, guarantees } from '../scripts/generate/guarantees.ts';
import { plugins, textOf } from '../scripts/generate/workspace.ts';

interface CardSides {
  readonly receive?: { readonly guarantees: object };
  readonly send?: { readonly guarantees: object };
}

const all = guarantees();
const namesOf = (side: Guarantee['side']) =>
  all
    .filter((one) => one.side === side)
    .map(({ name }) => name)
    .sort();
const declared = plugins.flatMap(({ folder }) => {
  const { receive, send } = JSON.parse(textOf(`${folder}/waybill.plugin.json`) ?? '{}') as CardSides;
  const sides = [['receiving', receive] as const, ['sending', send] as const];
  return sides.flatMap(([side, declares]) => (declares ? [[folder, side, declares.guarantees] as const] : []));
});

describe('the guarantees of the contract', () => {
  it('are those that have words', () => {
    expect(namesOf('receiving')).toEqual(Object.keys(guaranteeWords.receiving).sort());
    expect(namesOf('sending')).toEqual(Object.keys(guaranteeWords.sending).sort());
  });

  // A guarantee that nobody reads is a promise that nobody relies on: give it a reader, or strike it from the contract.
  it.each(all)('are read by the kernel or by the manifest check: $name ($side)', ({ readers }) => {
    expect(readers).not.toEqual([]);
  });

  it.each(declared)('are all that the card declares: %s, %s', (_folder, side, guarantees) => {
    expect(Object.keys(guarantees).sort()).toEqual(namesOf(side));
  });
});
