import type { ErrorEntry } from '@waybill/contract';
import { exportsOf, packages, type WorkspacePackage } from './workspace.ts';

export type ErrorTable = Readonly<Record<string, ErrorEntry>>;

/** What a package exports as error codes: `errors`, and tables of parts of it such as `manifestErrors`. */
export function errorTableOf(exported: Readonly<Record<string, unknown>>): ErrorTable {
  const tables = Object.entries(exported).filter(([name]) => /^(errors|[a-z]+Errors)$/.test(name));
  return Object.assign({}, ...tables.map(([, table]) => table)) as ErrorTable;
}

/** The error tables of the packages that have errors of their own. */
export async function errorTables(): Promise<ReadonlyMap<WorkspacePackage, ErrorTable>> {
  const tables = new Map<WorkspacePackage, ErrorTable>();
  for (const each of packages) {
    const table = errorTableOf(await exportsOf(each));
    if (Object.keys(table).length > 0) tables.set(each, table);
  }
  return tables;
}

/** The text of `docs/errors.md`. */
export function errorsPage(tables: ReadonlyMap<WorkspacePackage, ErrorTable>): string {
  const parts = [...tables].map(([{ json }, table]) => `## ${json.name}\n\n${Object.entries(table).map(entry).join('\n\n')}\n`);
  return `<!-- Generated from the error tables of the packages by scripts/generate.ts. Do not edit. -->

# Error codes

Every error that Waybill throws has a code that stays the same from release to release. Search this page for the code
that you see in a log, in a reply or beside a parked message. Most errors also carry a hint that knows more about the
case at hand than this page does.

${parts.join('\n')}`;
}

function entry([code, { means, remedy }]: readonly [string, ErrorEntry]): string {
  return `### ${code}\n\n${means}\n\n**What to do.** ${remedy}`;
}
