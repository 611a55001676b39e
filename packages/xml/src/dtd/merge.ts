import { isDeepStrictEqual } from 'node:util';
import { dtdErrors } from './errors.ts';
import type { DtdAttribute, DtdElement } from './model.ts';

/**
 * One element for each name, in the order in which the names come first. Throws `WB_XML_DTD_CONTRADICTION` with both places where two of one name
 * have different contents or attributes. The order of attributes does not matter.
 */
export function mergedElements(elements: readonly DtdElement[]): readonly DtdElement[] {
  const merged = new Map<string, DtdElement>();
  for (const element of elements) {
    const known = merged.get(element.name);
    if (known === undefined) merged.set(element.name, element);
    else refuseDifference(known, element);
  }
  return [...merged.values()];
}

function refuseDifference(known: DtdElement, other: DtdElement): void {
  const different = differenceOf(known, other);
  if (different === undefined) return;
  const [here, there] = [other.at ?? other.name, known.at ?? known.name];
  throw dtdErrors.WB_XML_DTD_CONTRADICTION(
    `The element ${other.name} is declared twice, with different ${different}: at ${there}, and at ${here}.`,
    { at: here },
  );
}

function differenceOf(known: DtdElement, other: DtdElement): string | undefined {
  if (!isDeepStrictEqual(known.content, other.content)) return 'contents';
  const names = new Set([...known.attributes, ...other.attributes].map(({ name }) => name));
  const different = [...names].find((name) => !isDeepStrictEqual(named(known, name), named(other, name)));
  return different === undefined ? undefined : `attributes (${different})`;
}

function named({ attributes }: DtdElement, name: string): DtdAttribute | undefined {
  return attributes.find((attribute) => attribute.name === name);
}
