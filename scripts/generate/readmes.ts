import { cardTables, code, table } from '@waybill/cli';
import type { Card, CommandDefinition, EventDefinition } from '@waybill/contract';
import { isDefinition } from '@waybill/contract';
import type { ErrorTable } from './errors.ts';
import { exportsOf, packages, textOf, type WorkspacePackage } from './workspace.ts';

/** What can stand between the markers of a page, by the marker's name. */
export type Generated = Readonly<Record<string, string | undefined>>;

const marker =
  /<!-- generated:([a-z-]+)( [^>]*?)? -->\n[\s\S]*?<!-- \/generated -->|<!-- generated:([a-z-]+)( [^>]*?)? --><!-- \/generated -->/g;

/** The page with everything between its markers made anew. Throws when a marker has a name that nothing is generated for. */
export function fill(page: string, text: string, generated: Generated): string {
  return text.replaceAll(marker, (_all, open?: string, openWith?: string, closed?: string, closedWith?: string) => {
    const name = open ?? closed ?? '';
    const made = generated[name];
    if (made === undefined) throw new Error(`${page}: nothing is generated for the marker "${name}".`);
    return `<!-- generated:${name}${openWith ?? closedWith ?? ''} -->\n\n${made}\n\n<!-- /generated -->`;
  });
}

/** What can be generated for the README of a package. */
export async function generatedFor(each: WorkspacePackage, card: Card | undefined, errors: ErrorTable | undefined): Promise<Generated> {
  return {
    ...(card ? cardTables(card) : {}),
    ...(await commandsAndEvents(each)),
    ...(errors ? { errors: errorTable(errors) } : {}),
  };
}

async function commandsAndEvents(each: WorkspacePackage): Promise<Generated> {
  const exported = Object.values(await exportsOf(each));
  const commands = exported.filter((value): value is CommandDefinition => isDefinition(value, 'command'));
  const events = exported.filter((value): value is EventDefinition => isDefinition(value, 'event'));
  return {
    ...(commands.length > 0 ? { commands: table(['command', 'what it asks for'], commands.map(nameAndSummary)) } : {}),
    ...(events.length > 0 ? { events: table(['event', 'what it tells'], events.map(nameAndSummary)) } : {}),
  };
}

function nameAndSummary({ name, summary }: { readonly name: string; readonly summary: string }): readonly [string, string] {
  return [code(name), summary];
}

function errorTable(errors: ErrorTable): string {
  const rows = Object.entries(errors).map(([name, { means, remedy }]) => [code(name), means, remedy]);
  return table(['code', 'what has happened', 'what to do'], rows);
}

/** The table of packages in the root README. */
export function packageTable(): string {
  const rows = packages.map(({ folder, json }) => [`[${code(json.name)}](${folder}/README.md)`, json.description ?? '']);
  return table(['package', 'what it is'], rows);
}

/** The pages that have a README's markers: those of the packages. */
export function readmeOf({ folder }: WorkspacePackage): { readonly file: string; readonly text: string | undefined } {
  const file = `${folder}/README.md`;
  return { file, text: textOf(file) };
}
