import { mapping, type Node } from '@waybill/mapping';
import { text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { defineXmlMessage } from '../../src/index.ts';

interface Thing {
  readonly a?: string;
  readonly b?: string;
  readonly inner?: Thing;
}
const t = mapping<Thing>();

describe('a declaration that no document could follow', () => {
  it('is refused where it is read first: two elements of one name side by side', () => {
    const message = defineXmlMessage({ root: () => t.group('A', [t.leaf('X?', 'a', text()), t.leaf('X', 'b', text())]) });
    expect(() => message.read('<A/>')).toThrow('Element A is ambiguous: after its start tag, X could be either of two children.');
  });

  it('is refused each time, also through an element that contains it', () => {
    const inner: Node<'inner'> = mapping<Pick<Thing, 'inner'>>().into('Inner?', 'inner', [
      t.leaf('X?', 'a', text()),
      t.leaf('X', 'b', text()),
      t.like(() => inner),
    ]);
    const message = defineXmlMessage({ root: () => t.group('A', [inner]) });
    for (let time = 0; time < 2; time++) expect(() => message.read('<A/>')).toThrow('Element Inner is ambiguous');
  });

  it('is refused: a root that is no element', () => {
    expect(() => defineXmlMessage({ root: () => t.leaf('A', 'a', text()) }).root).toThrow(TypeError);
  });
});
