import { textOf } from './workspace.ts';

const block = /<!-- code:(\S+) -->\n[\s\S]*?<!-- \/code -->/g;
const languages: Readonly<Record<string, string>> = {
  ts: 'ts',
  js: 'js',
  json: 'json',
  jsonc: 'jsonc',
  yaml: 'yaml',
  xml: 'xml',
  liquid: 'liquid',
};

/** The page with the files that it names shown in it: code on a page is code that the tests have run. */
export function includeCode(text: string): string {
  return text.replaceAll(block, (_all, file: string) => {
    const shown = textOf(file);
    if (shown === undefined) throw new Error(`the page shows ${file}, which is not there`);
    const language = languages[file.split('.').at(-1) ?? ''] ?? '';
    return `<!-- code:${file} -->\n\n\`\`\`${language}\n${shown.trimEnd()}\n\`\`\`\n\n<!-- /code -->`;
  });
}
