import { cardText } from '@waybill/contract/host';
import { apiText } from './api.ts';
import { cardFrom } from './cards.ts';
import { codePagesText } from './code-pages.ts';
import { errorsPage, errorTables } from './errors.ts';
import { guaranteesPage } from './guarantees.ts';
import { manifestPage } from './manifest.ts';
import { profilesPage } from './profiles.ts';
import { programs, programText } from './programs.ts';
import { readingOptionsText } from './reading-options.ts';
import { fill, generatedFor, packageTable } from './readmes.ts';
import { includeCode } from './snippets.ts';
import { libraries, packages, plugins, published, textOf } from './workspace.ts';

const guides = [
  'README.md',
  'docs/testing-your-application.md',
  'docs/testing-handlers-against-crashes.md',
  'docs/simulate.md',
  'docs/writing-a-transport.md',
  'docs/writing-a-pack.md',
  'docs/notifications.md',
];

export interface GeneratedFiles {
  /** Relative to the root, with what each file has to hold. */
  readonly files: ReadonlyMap<string, string>;
  /** What could not be generated, and why. */
  readonly problems: readonly string[];
}

/** Every generated file. All packages have to be built. What cannot be made does not keep the rest from being made. */
export async function generatedFiles(): Promise<GeneratedFiles> {
  const files = new Map<string, string>();
  const problems: string[] = [];
  const make = async (file: string, text: () => Promise<string> | string): Promise<void> => {
    try {
      files.set(file, await text());
    } catch (error) {
      problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  for (const plugin of plugins) await make(`${plugin.folder}/waybill.plugin.json`, async () => cardText(await cardFrom(plugin)));
  for (const each of packages) {
    const file = `${each.folder}/README.md`;
    const text = textOf(file);
    if (text !== undefined) await make(file, async () => fill(text, await generatedFor(each)));
  }
  // A tarball has to carry the licence; npm takes it from the package's own folder only.
  for (const { folder } of published) await make(`${folder}/LICENSE`, () => textOf('LICENSE') ?? '');
  for (const file of programs) await make(file, programText);
  for (const file of guides) {
    const text = textOf(file);
    if (text !== undefined) await make(file, () => includeCode(fill(text, { packages: packageTable() })));
  }
  await make('packages/message-files/data/options.json', readingOptionsText);
  await make('packages/text/data/ebcdic.json', codePagesText);
  await make('docs/manifest.md', manifestPage);
  await make('docs/guarantees.md', guaranteesPage);
  await make('docs/procurement-profiles.md', profilesPage);
  await make('docs/errors.md', async () => errorsPage(await errorTables()));
  for (const each of libraries) await make(`docs/api/${each.room}.txt`, () => apiText(each));
  return { files, problems };
}
