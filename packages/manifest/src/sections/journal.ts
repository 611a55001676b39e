import type { JournalCard } from '@waybill/contract/host';
import type { CheckedManifest, CheckedPlugin } from '../checked.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { EntryNode, ObjectNode } from '../read/node.ts';
import { journalShape, sideBySide } from '../shape/shape.ts';
import { checkValue, entryFor, recognisable } from '../values/check-value.ts';
import { asSchema } from '../values/setting-schema.ts';
import { type Context, checkBeyond, hintFor, mayBeFrom, resolved, textOf, without } from './section.ts';

const own = asSchema(journalShape);
const keys = Object.keys(journalShape.properties);

/** Checks `journal`. Undefined when it has problems. */
export function checkJournal(section: EntryNode | undefined, context: Context): CheckedManifest['journal'] | undefined {
  if (section?.value.kind !== 'object') return undefined;
  const node = section.value;
  const before = context.checking.findings.length;
  const plugin = findJournal(node, section, context);
  const schema = plugin ? sideBySide(own, asSchema(plugin.card.settings)) : own;
  // Without the journal nothing can be said about its settings.
  checkValue(schema, plugin ? node : recognisable(node, keys), 'journal', section.spot, context.checking);
  if (plugin) checkBeyond(plugin.card.settings, node, 'journal', keys, context);
  if (plugin === undefined || context.checking.findings.length > before) return undefined;
  const values = resolved(schema, node, context);
  return { plugin, settings: without(values, keys), keep: Number(values['keep']) };
}

function findJournal(node: ObjectNode, section: EntryNode, { plugins, checking }: Context): CheckedPlugin<JournalCard> | undefined {
  const entry = entryFor(node, 'use', keys);
  const name = textOf(entry);
  if (entry === undefined || name === undefined) return undefined;
  const exact = plugins.journals.get(name);
  if (exact) return exact;
  const known = [...plugins.journals.keys()];
  const near = didYouMean(name, known);
  if (near === undefined && mayBeFrom(name, plugins.failed)) return undefined;
  const hint = hintFor(near, plugins.failed, 'a journal', known);
  checking.find('WB_MANIFEST_UNKNOWN_JOURNAL', `There is no journal "${name}".`, `${section.key}.${entry.key}`, entry.value.spot, hint);
  return near === undefined ? undefined : plugins.journals.get(near);
}
