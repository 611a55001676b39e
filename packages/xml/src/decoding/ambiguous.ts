import type { Group } from '@waybill/mapping';

/** After one child of an element, the next one could be either of two. */
export class AmbiguousContent extends TypeError {
  readonly group: Group;
  /** The name of the two children. */
  readonly child: string;

  constructor(group: Group, child: string, after: string | undefined) {
    super(`Element ${group.name} is ambiguous: after ${after ?? 'its start tag'}, ${child} could be either of two children.`);
    this.group = group;
    this.child = child;
  }
}
