import { existsSync, globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Mutant } from '../mutant.ts';

export interface ListedMutant extends Mutant {
  readonly area: string;
}

const folder = dirname(import.meta.dirname);

/** All mutants. An area is a file beside `mutant.ts`; what it exports under a name that ends with `Mutants` is its list. */
export async function allMutants(): Promise<readonly ListedMutant[]> {
  const files = globSync('*.ts', { cwd: folder }).filter((file) => file !== 'mutant.ts' && !file.endsWith('.test.ts'));
  const lists = await Promise.all(files.toSorted().map(mutantsIn));
  return lists.flat();
}

async function mutantsIn(file: string): Promise<readonly ListedMutant[]> {
  const exported = (await import(pathToFileURL(join(folder, file)).href)) as Readonly<Record<string, readonly Mutant[]>>;
  const lists = Object.entries(exported).filter(([name]) => name.endsWith('Mutants'));
  if (lists.length !== 1) throw new Error(`${file} exports ${lists.length} lists whose name ends with "Mutants"; an area has one.`);
  return (lists[0]?.[1] ?? []).map((mutant) => ({ ...mutant, area: basename(file, '.ts') }));
}

/** The text of the file with the change. Throws when `from` does not occur exactly once, or when the outcome is no TypeScript. */
export function mutated({ file, from, to }: Mutant, text: string): string {
  const found = text.split(from).length - 1;
  if (found !== 1) throw new Error(`"${from}" occurs ${found} times in ${file}, instead of once.`);
  // A function: what stands in `to` is no pattern of a replacement.
  const changed = text.replace(from, () => to);
  stripTypeScriptTypes(changed);
  return changed;
}

/** What is wrong with the list, a sentence each. It has to follow the code: whoever changes a line changes its mutants. */
export function faultsOf(mutants: readonly ListedMutant[], root: string): readonly string[] {
  const names = Map.groupBy(mutants, ({ area, name }) => `${area}/${name}`);
  const doubled = [...names].filter(([, held]) => held.length > 1).map(([name]) => `${name}: the name is given twice.`);
  return [...doubled, ...mutants.flatMap((mutant) => faultsIn(mutant, root).map((fault) => `${mutant.area}/${mutant.name}: ${fault}`))];
}

/** `packages/xml` */
function roomOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

function faultsIn(mutant: Mutant, root: string): readonly string[] {
  const missing = [mutant.file, ...mutant.tests].filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) return missing.map((file) => `${file} does not exist.`);
  if (mutant.tests.length === 0) return ['no test is named.'];
  if (!mutant.tests.some((test) => roomOf(test) === roomOf(mutant.file)))
    return ['its tests lie in another package, which uses what was built of this one and cannot notice a change of its source.'];
  try {
    mutated(mutant, readFileSync(join(root, mutant.file), 'utf8'));
    return [];
  } catch (error) {
    return [String(error)];
  }
}
