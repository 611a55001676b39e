import { layoutErrors } from '../errors.ts';
import type { Layout } from '../layout/layout.ts';
import { Choices, type CopybookChoice } from './choose.ts';
import { Conversion } from './convert.ts';
import { entriesOf } from './entries.ts';
import { copybookFault } from './fault.ts';
import { sourceOf } from './source.ts';
import { tokensOf } from './tokens.ts';
import { clustersOf, nameOf, same, type TreeItem, treeOf } from './tree.ts';

/** What a copybook does not say. */
export interface CopybookOptions {
  /** `fixed`: text stands in columns 8 to 72. `free`: everywhere. Default fixed. */
  readonly columns?: 'fixed' | 'free';
  /** `comma` where the program says DECIMAL-POINT IS COMMA. Default point. */
  readonly decimalPoint?: 'point' | 'comma';
  /** Which of several records is meant. Default: the only one. */
  readonly record?: string;
  /**
   * Where several items share a place (REDEFINES), or several records of the level 01 a file: which of them a record has, under the name of
   * the first of them.
   */
  readonly choose?: Readonly<Record<string, CopybookChoice>>;
}

/**
 * The layout that a copybook declares. VALUE and conditions (88) are not looked at: they are about programs, not about what is stored.
 * Throws WB_RECORD_COPYBOOK, whose `at` is `line:column`.
 */
export function layoutFromCopybook(copybook: string, options: CopybookOptions = {}): Layout {
  const { columns = 'fixed', decimalPoint = 'point', record, choose = {} } = options;
  const roots = treeOf(entriesOf(tokensOf(sourceOf(copybook, columns))));
  const choices = new Choices(choose);
  const conversion = new Conversion(decimalPoint === 'comma', choices);
  const kinds = record === undefined ? kindsOf(roots, choices) : [];
  if (kinds.length > 0) {
    const items = conversion.kinds(kinds);
    choices.checkAllUsed();
    return { name: '', items };
  }
  const chosen = chosenOf(roots, record);
  const [first] = chosen;
  const nothing = { usage: undefined, sign: undefined };
  // One group is the record itself; alternatives, a field alone and items without a record stand below it.
  const isRecord = chosen.length === 1 && first.entry.level === 1 && first.children.length > 0;
  const inherited = isRecord ? { usage: first.entry.usage, sign: first.entry.sign } : nothing;
  const name = isRecord ? nameOf(first.entry) : '';
  if (isRecord && first.entry.occurs !== undefined) throw copybookFault('A record cannot have OCCURS', first.entry.place);
  const { items } = conversion.children(isRecord ? first.children : chosen, inherited, [name], 0);
  choices.checkAllUsed();
  return { name, items };
}

/** Several records of the level 01 that share their place as those of a file do, if the caller says how they are told apart. */
function kindsOf(roots: readonly TreeItem[], choices: Choices): readonly TreeItem[] {
  const records = roots.filter(({ entry }) => entry.level === 1);
  const isFile = records.length > 1 && records.every(({ entry }) => entry.redefines === undefined);
  return isFile && choices.has(nameOf(records[0]!.entry)) ? records : [];
}

/** The record that is meant, with its alternatives; or all items, where the copybook has no level 01. */
function chosenOf(roots: readonly TreeItem[], record: string | undefined): readonly [TreeItem, ...TreeItem[]] {
  const clusters = clustersOf(roots);
  const [head, ...tail] = roots;
  if (head === undefined)
    throw copybookFault('The copybook has no items', { line: 1, column: 1 }, 'Its text has to stand in columns 8 to 72.');
  if (record !== undefined) {
    const named = clusters.find((each) => each.some(({ entry }) => entry.name !== undefined && same(entry.name, record)));
    if (named !== undefined) return named;
    throw layoutErrors.WB_RECORD_COPYBOOK(`The copybook has no record ${record}.`, { at: 'record', hint: namesOf(clusters) });
  }
  const records = clusters.filter(([{ entry }]) => entry.level === 1);
  const [first, second] = records;
  if (first === undefined) return head.entry.level === 77 ? [head] : [head, ...tail.filter(({ entry }) => entry.level !== 77)];
  if (second === undefined) return first;
  const hint = `Say with \`record\` which is meant, or with \`choose\` how they are told apart. ${namesOf(records)}`;
  throw copybookFault('The copybook has several records', second[0].entry.place, hint);
}

function namesOf(clusters: readonly (readonly [TreeItem, ...TreeItem[]])[]): string {
  return `There are ${clusters.map(([{ entry }]) => nameOf(entry)).join(', ')}.`;
}
