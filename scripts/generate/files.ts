import { apiText } from './api.ts';
import { cards, cardText } from './cards.ts';
import { errorsPage, errorTables } from './errors.ts';
import { fill, generatedFor, packageTable, readmeOf } from './readmes.ts';
import { includeCode } from './snippets.ts';
import { packages, textOf } from './workspace.ts';

const guides = ['docs/writing-a-transport.md', 'docs/writing-a-pack.md', 'README.md'];

/** Every generated file, relative to the root, with what it has to hold. All packages have to be built. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const allCards = await cards();
  const allErrors = await errorTables();
  for (const [{ folder }, card] of allCards) files.set(`${folder}/waybill.plugin.json`, cardText(card));
  for (const each of packages) {
    const { file, text } = readmeOf(each);
    if (text !== undefined) files.set(file, fill(file, text, await generatedFor(each, allCards.get(each), allErrors.get(each))));
  }
  files.set('docs/errors.md', errorsPage(allErrors));
  files.set('docs/api/contract.txt', apiText('@waybill/contract', 'packages/contract'));
  files.set('docs/api/kernel.txt', apiText('@waybill/kernel', 'packages/kernel'));
  for (const file of guides) {
    const text = textOf(file);
    if (text !== undefined) files.set(file, includeCode(file, fill(file, text, { packages: packageTable() })));
  }
  return files;
}
