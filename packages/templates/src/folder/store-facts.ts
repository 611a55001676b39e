import type { Problem } from '../problem.ts';
import { canonicalLanguage } from './place.ts';
import type { FolderFile } from './read-folder.ts';
import { readYaml } from './yaml.ts';

/** What a template knows of a store, as `store.yaml` says it: these, and whatever else is written there. */
export interface StoreFacts {
  readonly language: string | undefined;
  /** An IANA time zone, in which dates and times are told. */
  readonly timeZone: string;
  readonly currency: string | undefined;
  /** Everything that is in the files, for templates: `{{ store.name }}`. */
  readonly all: Readonly<Record<string, unknown>>;
}

/** The facts of each store; those of the site stand under undefined, and hold for a store as far as its own file says nothing else. */
export type AllStoreFacts = ReadonlyMap<string | undefined, StoreFacts>;

export function readStoreFacts(files: readonly FolderFile[], problems: Problem[]): AllStoreFacts {
  const said = new Map(
    files.filter(({ kind }) => kind === 'store').map((file) => [file.store, { file, own: readObject(file, problems) }] as const),
  );
  const site = said.get(undefined)?.own ?? {};
  const stores = new Set([undefined, ...files.map(({ store }) => store)]);
  return new Map(
    [...stores].map((store) => {
      const all = { ...site, ...said.get(store)?.own };
      return [store, factsOf(all, said.get(store)?.file.path, problems)] as const;
    }),
  );
}

function readObject(file: FolderFile, problems: Problem[]): Record<string, unknown> {
  const value = readYaml(file, problems) ?? {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  problems.push({ file: file.path, what: 'It has to hold names with values, such as "timeZone: Europe/Berlin".' });
  return {};
}

function factsOf(all: Readonly<Record<string, unknown>>, file: string | undefined, problems: Problem[]): StoreFacts {
  const text = (key: 'language' | 'timeZone' | 'currency', isRight: (value: string) => boolean, example: string): string | undefined => {
    const value = all[key];
    if (value === undefined || (typeof value === 'string' && isRight(value))) return value;
    // A store without a file of its own has the value of the site, whose file is named once.
    if (file !== undefined) problems.push({ file, what: `"${key}" has to be such as ${example}.` });
    return undefined;
  };
  return {
    language: text('language', (value) => canonicalLanguage(value) !== undefined, '"de-AT"'),
    timeZone: text('timeZone', isTimeZone, '"Europe/Berlin"') ?? 'UTC',
    currency: text('currency', (value) => /^[A-Z]{3}$/.test(value), '"EUR"'),
    all,
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
