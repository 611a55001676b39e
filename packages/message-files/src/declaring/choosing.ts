import type { CommandDefinition } from '@waybill/contract';
import type { ManifestNode, ObjectNode } from '@waybill/manifest';
import { fillingOf, type Node, type Path } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { placeOf } from '../notation/field-spec.ts';
import { type Problems, under } from '../notation/problems.ts';
import type { Meanings } from './meanings.ts';

/** The commands of a message whose fields say which one is meant. */
export interface Chosen {
  readonly commands: readonly CommandDefinition[];
  readonly choose: (input: unknown) => string | undefined;
}

interface Condition {
  readonly command: CommandDefinition;
  readonly when: readonly { readonly path: Path; readonly is: unknown }[];
  readonly at: ManifestNode;
}

/** `command: [{ is: return.refuse, when: { status: X } }, { is: return.receive }]`. */
export function choiceOf(node: ManifestNode, body: readonly Node[], meanings: Meanings, problems: Problems): Chosen | undefined {
  if (node.kind !== 'list') return problems.notation('"command" is a name, or a list of commands with conditions.', node);
  const conditions = node.items.flatMap((item) => conditionOf(item, body, meanings, problems) ?? []);
  if (conditions.length !== node.items.length) return undefined;
  checkConditions(conditions, body, node, problems);
  const commands = [...new Map(conditions.map(({ command }) => [command.name, command])).values()];
  return {
    commands,
    choose: (input) => conditions.find(({ when }) => when.every(({ path, is }) => valueAt(input, path) === is))?.command.name,
  };
}

function conditionOf(node: ManifestNode, body: readonly Node[], meanings: Meanings, problems: Problems): Condition | undefined {
  const object = problems.object(node, 'A command with its condition');
  if (object === undefined) return undefined;
  problems.keys(object, 'A command with its condition', ['is', 'when']);
  const named = under(object, 'is');
  const command = named && meanings.command(named);
  if (named === undefined) return problems.notation('The command is missing: "is" names it.', node);
  const when = under(object, 'when');
  const texts = when === undefined ? undefined : problems.object(when, '"when"');
  const tests = texts === undefined ? [] : testsOf(texts, body, problems);
  return command && tests.length === (texts?.entries.size ?? 0) ? { command, when: tests, at: node } : undefined;
}

function testsOf(texts: ObjectNode, body: readonly Node[], problems: Problems): Condition['when'] {
  const { filled } = fillingOf(body);
  return [...texts.entries.values()].flatMap((entry) => {
    const text = problems.text(entry.value, 'The text of a condition');
    const place = placeOf(entry.key, entry, problems);
    if (place === undefined || text === undefined) return [];
    const filler = filled.find(({ path }) => path.join('.') === entry.key);
    if (filler?.given.kind !== 'text') {
      problems.find('WB_MESSAGE_FILE_CONDITIONS', `The condition looks at ${entry.key}, which no text of the message fills.`, entry);
      return [];
    }
    const is: unknown = filler.given.as.read(text);
    if (!(is instanceof Problem)) return [{ path: place.to, is }];
    problems.find(
      'WB_MESSAGE_FILE_CONDITIONS',
      `The text "${text}" of the condition ${is.says}, so that ${entry.key} can never be it.`,
      entry.value,
    );
    return [];
  });
}

/** Two conditions that hold together would make the order of the file decide; a case that is left over has no command. */
function checkConditions(conditions: readonly Condition[], body: readonly Node[], node: ManifestNode, problems: Problems): void {
  for (const [index, late] of conditions.entries()) {
    const isElse = late.when.length === 0;
    if (isElse && index < conditions.length - 1)
      problems.find('WB_MESSAGE_FILE_CONDITIONS', 'Only the last command can be without a condition.', late.at);
    const rival = isElse ? undefined : conditions.slice(0, index).find((early) => early.when.length > 0 && !exclude(early, late));
    if (rival !== undefined)
      problems.find(
        'WB_MESSAGE_FILE_CONDITIONS',
        `The conditions of ${rival.command.name} and ${late.command.name} can hold together.`,
        late.at,
      );
  }
  if (conditions.at(-1)?.when.length !== 0 && !isComplete(conditions, body))
    problems.find(
      'WB_MESSAGE_FILE_CONDITIONS',
      'The conditions leave cases over that have no command.',
      node,
      'Write the last command without "when": it takes what is left.',
    );
}

function exclude(a: Condition, b: Condition): boolean {
  return a.when.some(({ path, is }) => b.when.some((other) => other.path.join('.') === path.join('.') && other.is !== is));
}

/** One field that is always there, whose every word has a command. */
function isComplete(conditions: readonly Condition[], body: readonly Node[]): boolean {
  const [first] = conditions.flatMap(({ when }) => when);
  const filler = fillingOf(body).filled.find(({ path }) => path.join('.') === first?.path.join('.'));
  if (filler?.given.kind !== 'text' || !filler.sure) return false;
  const { facets } = filler.given.as;
  const all: readonly unknown[] | undefined = facets.kind === 'words' ? facets.words : facets.kind === 'flag' ? [true, false] : undefined;
  const named = conditions.filter(({ when }) => when.length === 1).flatMap(({ when }) => when.map(({ is }) => is));
  return all?.every((word) => named.includes(word)) ?? false;
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>)[key] : undefined),
    value,
  );
}
