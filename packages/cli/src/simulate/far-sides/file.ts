import type { FarSide } from './far-side.ts';

/** Both sides share the folder: one reads what the other writes. */
export const fileFarSide: FarSide = {
  receiving({ connection, settings }) {
    const { folder, name } = settings as { readonly folder?: string; readonly name: string };
    // What is written is there at once, by renaming. It is kept beside the folder, for whoever wants to look at it.
    const endpoint = { pattern: name.replaceAll(/\{[a-z]+\}/g, '*'), settle: '0ms', done: 'taken' };
    return { connection: shared(connection.settings), endpoint: { ...endpoint, ...within(folder) } };
  },
  sending({ connection, settings }) {
    const { folder, pattern } = settings as { readonly folder?: string; readonly pattern: string };
    const name = pattern.replace('*', '{type}-{id}').replaceAll('*', '').replaceAll('?', '0');
    if (!name.includes('{id}'))
      return { impossible: `its pattern "${pattern}" names one file, so that no two messages can have files of their own` };
    if (name.startsWith('.')) return { impossible: `its pattern "${pattern}" names hidden files` };
    return { connection: shared(connection.settings), endpoint: { name, ...within(folder) } };
  },
};

function shared({ path, create }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { path, create };
}

function within(folder: string | undefined): object {
  return folder === undefined ? {} : { folder };
}
