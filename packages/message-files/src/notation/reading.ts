import type { ManifestNode } from '@waybill/manifest';
import type { Group, Node, Occurs, Path } from '@waybill/mapping';
import type { Placed, Problems } from './problems.ts';

/** A group that is being read, for groups inside of it that are like it. */
export interface OpenGroup {
  readonly name: string;
  readonly occurs: Occurs;
  readonly hasObject: boolean;
  group: Group | undefined;
}

/** What the nodes of one message are read with. */
export interface Reading {
  readonly problems: Problems;
  /** Where each node stands in the file. */
  readonly sources: Map<Node, Placed>;
  /** The way from the value of the whole message to what the nodes fill. */
  readonly base: Path;
  readonly open: readonly OpenGroup[];
  /** Why a format has no node of this name: completes "`name` …". */
  readonly objectionToName: (name: string) => string | undefined;
}

/** A node with a name on the wire, before what is in it is read. */
export interface NamedNode {
  /** As written, with its mark: `Line*`. */
  readonly written: string;
  readonly name: string;
  readonly occurs: Occurs;
  readonly at: Placed;
  readonly value: ManifestNode;
}
