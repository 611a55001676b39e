import type { MessagePackCard } from '@waybill/contract/host';
import type { CheckedPlugin } from '../checked.ts';
import { type Finding, type Problem, problemsOf } from '../problem.ts';
import { readMessageFile } from '../read/message-file.ts';
import type { ManifestNode, ScalarNode } from '../read/node.ts';
import { messageFileCard } from './message-file-card.ts';
import { mainModule, messageFileReader } from './plugin-entry.ts';

/** An item of `plugins`. */
export interface Place {
  readonly path: string;
  readonly node: ScalarNode;
}

export interface OpenedMessageFile {
  /** Undefined where the file is no YAML. */
  readonly root: ManifestNode | undefined;
  /** Undefined where there is a problem. */
  readonly card: MessagePackCard | undefined;
  readonly problems: readonly Problem[];
}

interface LocatedFile {
  readonly specifier: string;
  readonly messageFile: string;
  readonly root: string | undefined;
}

/** A file that declares messages, as a plugin. No code is run: its card follows from its text. */
export function messageFilePlugin(
  { specifier, messageFile, root }: LocatedFile,
  place: Place,
  findings: Finding[],
): CheckedPlugin | undefined {
  const main = root === undefined ? undefined : mainModule(root);
  if (main === undefined) findings.push(noReader(specifier, place));
  const { card, findings: inFile } = messageFileCard(readMessageFile(messageFile), root);
  for (const finding of inFile)
    findings.push(finding.code === 'WB_MESSAGE_FILE_UNREADABLE' ? unreadable(finding, specifier, place) : finding);
  return card === undefined ? undefined : { specifier, card, main: main ?? messageFile, messageFile };
}

/**
 * A message file, its card as far as one can be made of it, and what is wrong with either. By its absolute path; never throws for what is in it.
 * `reader`: the folder of what reads such files, which says what entries can choose for them; without it the card has no options.
 */
export function openMessageFile(file: string, reader?: string): OpenedMessageFile {
  const source = readMessageFile(file);
  const { card, findings } = messageFileCard(source, reader);
  return { root: source.root, card, problems: problemsOf(findings, [], file) };
}

/** What is wrong is the name in the manifest, most probably. */
function unreadable({ code, message, hint }: Finding, specifier: string, { path, node }: Place): Finding {
  return { code, message: message.replace('The message file', `The message file ${specifier}`), path, spot: node.spot, hint };
}

function noReader(specifier: string, { path, node }: Place): Finding {
  const message = `"${specifier}" declares messages, and ${messageFileReader}, which reads such files, is not installed.`;
  return { code: 'WB_PLUGIN_NOT_INSTALLED', message, path, spot: node.spot, hint: `npm install ${messageFileReader}` };
}
