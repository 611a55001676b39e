import { mapping, type Nodes, type TreeContent } from '@waybill/mapping';
import { id } from './texts.ts';

/** A field that two partners have agreed on: its plain text, and the elements in it where there are any. */
export interface ExtrinsicWithTree {
  readonly name: string;
  readonly value: string;
  readonly content?: readonly TreeContent[];
}

const e = mapping<ExtrinsicWithTree>();

/** What is in `Extrinsic`: anything (reference/procurement-messages.md, section 3.2). */
export const extrinsic = (): Nodes<ExtrinsicWithTree> => [e.leaf('@name', 'name', id('CostCenter')), e.tree('content', 'value')];
