import { guaranteeWords } from '@waybill/cli';
import { describe, expect, it } from 'vitest';
import { guarantees } from '../scripts/generate/guarantees.ts';
import { plugins, textOf } from '../scripts/generate/workspace.ts';

interface CardSides {
  readonly receive?: { readonly guarantees: object };
  readonly send?: { readonly guarantees: object };
}

const all = guarantees();

describe('the guarantees of the contract', () => {
  it('are those that have words', () => {
    const named = (side: 'receiving' | 'sending') => all.filter((one) => one.side === side).map(({ name }) => name);
    expect(named('receiving').sort()).toEqual(Object.keys(guaranteeWords.receiving).sort());
    expect(named('sending').sort()).toEqual(Object.keys(guaranteeWords.sending).sort());
  });

  // A guarantee that nobody reads is a promise that nobody relies on: give it a reader, or strike it from the contract.
  it.each(all)('are read by the kernel or by the manifest check: $name ($side)', ({ readers }) => {
    expect(readers).not.toEqual([]);
  });

  it.each(plugins.map(({ folder }) => folder))('are all that the card declares: %s', (folder) => {
    const { receive, send } = JSON.parse(textOf(`${folder}/waybill.plugin.json`) ?? '{}') as CardSides;
    const names = (side: 'receiving' | 'sending') => all.filter((one) => one.side === side).map(({ name }) => name);
    if (receive) expect(Object.keys(receive.guarantees).sort()).toEqual(names('receiving').sort());
    if (send) expect(Object.keys(send.guarantees).sort()).toEqual(names('sending').sort());
  });
});
