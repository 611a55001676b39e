import type { ManifestNode } from '@waybill/manifest';
import type { Entries, Group, Node, Occurs, Part, Path } from '@waybill/mapping';
import type { EntryWidths, Format } from '../formats/format.ts';
import type { Types } from '../texts/text-types.ts';
import type { Placed } from './problems.ts';

/** A group that is being read, for groups inside of it that are like it. */
export interface OpenGroup {
  readonly name: string;
  readonly occurs: Occurs;
  readonly hasObject: boolean;
  group: Group | undefined;
}

/** What the nodes of one message are read with. */
export interface Reading extends Types {
  /** Where each node stands in the file. */
  readonly sources: Map<Node, Placed>;
  /** The way from the value of the whole message to what the nodes fill. */
  readonly base: Path;
  readonly open: readonly OpenGroup[];
  /** What the names of fields say about their widths. */
  readonly widths: {
    readonly fields: Map<Node | Part, number>;
    readonly entries: Map<Entries['entry'], EntryWidths>;
    readonly least: Map<Group, string>;
    readonly single: Set<Group>;
  };
  readonly format: Format;
}

/** A node with a name on the wire, before what is in it is read. */
export interface NamedNode {
  /** As written, with its mark: `Line*`. */
  readonly written: string;
  readonly name: string;
  readonly occurs: Occurs;
  /** Of a field of a record. */
  readonly width: number | undefined;
  readonly at: Placed;
  readonly value: ManifestNode;
}
