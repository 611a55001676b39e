import type { Problem } from '../problem.ts';
import type { FolderFile } from './read-folder.ts';
import { readYaml } from './yaml.ts';

/** The data of an event that somebody has made up, to look at the notification that it makes. */
export type Sample = Readonly<Record<string, unknown>>;

/** By the name of the templates. */
export function readSamples(files: readonly FolderFile[], problems: Problem[]): ReadonlyMap<string, Sample> {
  return new Map(
    files.flatMap((file) => {
      if (file.kind !== 'sample') return [];
      const value = readYaml(file, problems);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return [[file.name, value as Sample] as const];
      if (value !== undefined) problems.push({ file: file.path, what: 'It has to hold the data of the event, an object.' });
      return [];
    }),
  );
}
