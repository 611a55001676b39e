import { published, textOf } from './workspace.ts';

const source = 'scripts/generate/program.js';

/** The programs that people install, by their files. */
export const programs: readonly string[] = published.flatMap(({ folder, json }) =>
  Object.values(json.bin ?? {}).map((file) => `${folder}/${file.replace('./', '')}`),
);

/** How each of them begins. */
export function programText(): string {
  const [first, ...rest] = (textOf(source) ?? '').split('\n');
  return [first, `// Generated from ${source}. Do not edit.`, ...rest].join('\n');
}
