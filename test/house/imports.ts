import { posix } from 'node:path';
import { textOf } from '../../scripts/generate/workspace.ts';

/** Something that a file imports: `from` is the specifier as written. */
export interface Import {
  readonly file: string;
  readonly from: string;
  /** The compiler removes it: `import type …`. */
  readonly typesOnly: boolean;
}

/** Source text without its comments; the places of everything else stay the same. */
export function withoutComments(text: string): string {
  return text.replaceAll(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*/g, (found) =>
    found.startsWith('/') ? found.replaceAll(/[^\n]/g, ' ') : found,
  );
}

/** Everything that a source file imports or re-exports, dynamic imports of a constant included. */
export function importsOf(file: string): readonly Import[] {
  const text = withoutComments(textOf(file) ?? '');
  const statements = /^\s*(?:import|export)\s(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
  const calls = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [
    ...[...text.matchAll(statements)].map(([, type, from = '']) => ({ file, from, typesOnly: type !== undefined })),
    ...[...text.matchAll(calls)].map(([, from = '']) => ({ file, from, typesOnly: false })),
  ];
}

/** The file that a relative import means, relative to the root. */
export function target({ file, from }: Import): string {
  return posix.join(posix.dirname(file), from);
}

/** The package that an import means: `@scope/name` or `name`. Undefined for relative imports and for Node's own modules. */
export function packageOf({ from }: Import): string | undefined {
  if (from.startsWith('.') || from.startsWith('node:')) return undefined;
  return from.split('/', from.startsWith('@') ? 2 : 1).join('/');
}
