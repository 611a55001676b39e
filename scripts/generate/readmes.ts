import { cardTables, code, table } from '@waybill/cli';
import type { CommandDefinition, EventDefinition } from '@waybill/contract';
import { isDefinition } from '@waybill/contract/host';
import { cardFrom } from './cards.ts';
import { type ErrorTable, errorTableOf } from './errors.ts';
import { exportsOf, packages, type WorkspacePackage } from './workspace.ts';

/** What can stand between the markers of a page, by the marker's name. */
export type Generated = Readonly<Record<string, string | undefined>>;

/** `<!-- generated:NAME -->…<!-- /generated -->`; a marker may carry further words after its name, which stay. */
const marker = /<!-- generated:([a-z-]+)([^>]*?) -->[\s\S]*?<!-- \/generated -->/g;

/** The page with everything between its markers made anew. Throws when nothing is generated for the name of a marker. */
export function fill(text: string, generated: Generated): string {
  return text.replaceAll(marker, (_all, name: string, rest: string) => {
    const made = generated[name];
    if (made === undefined) throw new Error(`nothing is generated for the marker "${name}"`);
    return `<!-- generated:${name}${rest} -->\n\n${made}\n\n<!-- /generated -->`;
  });
}

/** What can be generated for the README of a package. */
export async function generatedFor(each: WorkspacePackage): Promise<Generated> {
  const exported = await exportsOf(each);
  return {
    ...commandsAndEvents(Object.values(exported)),
    ...errorRows(errorTableOf(exported)),
    ...(each.group === 'plugins' ? cardTables(await cardFrom(each)) : {}),
  };
}

function commandsAndEvents(exported: readonly unknown[]): Generated {
  const commands = exported.filter((value): value is CommandDefinition => isDefinition(value, 'command'));
  const events = exported.filter((value): value is EventDefinition => isDefinition(value, 'event'));
  if (commands.length + events.length === 0) return {};
  // By name: the order in which a module lists its exports is that of whoever loads it.
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name);
  const rows = [...commands.sort(byName), ...events.sort(byName)].map(({ name, kind, summary }) => [code(name), kind, summary]);
  return { commands: table(['name', 'kind', 'what it asks or tells'], rows) };
}

function errorRows(errors: ErrorTable): Generated {
  const rows = Object.entries(errors).map(([name, { means, remedy }]) => [code(name), means, remedy]);
  return rows.length === 0 ? {} : { errors: table(['code', 'what has happened', 'what to do'], rows) };
}

/** The table of packages in the root README. */
export function packageTable(): string {
  const rows = packages.map(({ folder, json }) => [`[${code(json.name)}](${folder}/README.md)`, json.description ?? '']);
  return table(['package', 'what it is'], rows);
}
