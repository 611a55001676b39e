import type { Finding } from '../problem.ts';
import { readText } from './file-text.ts';
import { locator, type ManifestNode, TooMuch, TreeBuilder } from './node.ts';
import { readYaml } from './yaml.ts';

/** A message file as it was read; each value knows its place. */
export interface MessageFileSource {
  /** Absolute path. */
  readonly file: string;
  /** Undefined where there is a finding. */
  readonly root: ManifestNode | undefined;
  readonly findings: readonly Finding[];
}

/** Reads the YAML of a message file, by its absolute path. Never throws for what is in it. */
export function readMessageFile(file: string): MessageFileSource {
  const nowhere = { order: 0 };
  const read = readText(file);
  if ('why' in read) {
    const message = `The message file cannot be read: ${read.why}.`;
    return { file, root: undefined, findings: [{ code: 'WB_MESSAGE_FILE_UNREADABLE', message, path: '', spot: nowhere, file }] };
  }
  const tree = new TreeBuilder(locator(read.text), 'message file');
  try {
    const root = readYaml(read.text, tree);
    if (root === undefined && tree.findings.length === 0) tree.syntax('The message file is empty.', '', 0, 'It has a list of "messages".');
    const findings = tree.findings.map((finding) => inFile(finding, file));
    return { file, root: findings.length > 0 ? undefined : root, findings };
  } catch (error) {
    if (error instanceof TooMuch) return { file, root: undefined, findings: [inFile(error.finding, file)] };
    // The parser recurses; nothing else in it overflows the stack.
    if (!(error instanceof RangeError)) throw error;
    const message = 'The message file is nested too deeply to be read.';
    return { file, root: undefined, findings: [{ code: 'WB_MESSAGE_FILE_SYNTAX', message, path: '', spot: nowhere, file }] };
  }
}

function inFile(finding: Finding, file: string): Finding {
  return { ...finding, code: 'WB_MESSAGE_FILE_SYNTAX', file };
}
