import { shortened } from '../shortened.ts';
import type { OpenElement, Position } from './plan.ts';

/** A step of a path: the element, and whether others of its name may stand beside it, so that it is told with its number. */
export interface PathStep {
  readonly name: string;
  readonly repeats: boolean;
}

/** The steps from the root to an open element. Which one of its kind each is, only the document tells: `locate` finds it. */
export function stepsOf({ parent, edge, plan }: OpenElement): readonly PathStep[] {
  if (parent === undefined || edge === undefined) return [{ name: plan.name, repeats: false }];
  return [...stepsOf(parent), stepTo(edge.position)];
}

/** The step to a child. Names can come from a document, and then be of any length. */
export function stepTo(position: Position): PathStep {
  return { name: shortened(position.name, 64), repeats: position.list || position.path.some(({ list }) => list) };
}

/** `Update_WCS_OrderStatus/DataArea/OrderShipping/OrderStatusHeader/OrderNumber[2]`, counted from 1. `counts`: which one of its kind each step is; 1 where it is not told. */
export function pathOf(steps: readonly PathStep[], counts: readonly number[]): string {
  return steps.map(({ name, repeats }, index) => (repeats ? `${name}[${counts[index] ?? 1}]` : name)).join('/');
}

/** `path, 12:7`: where a fault is, in the form that the errors of the reader have, too. */
export function placed(path: string, position: { readonly line: number; readonly column: number }): string {
  return `${path}, ${position.line}:${position.column}`;
}
