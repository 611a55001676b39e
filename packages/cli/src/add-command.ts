import type { Command } from 'commander';

/** A command of the program, or of a group, that says after a wrong call how it is called. `text`: its name and arguments. */
export function addCommand(parent: Command, text: string, description: string): Command {
  const path = pathOf(parent);
  const [name] = text.split(' ');
  const hint = `  hint  ${path} ${text} is how it is called; ${path} ${name} --help lists its options.`;
  return parent.command(text).description(description).showHelpAfterError(hint);
}

/** A command that only holds others. */
export function addGroup(parent: Command, name: string, description: string): Command {
  const hint = `  hint  ${pathOf(parent)} ${name} --help lists its commands.`;
  return parent.command(name).description(description).showHelpAfterError(hint);
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
