import type { Command } from 'commander';
import { addCommand, addGroup } from '../add-command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

const onDemand = `
What is sent to refuse-550@… is refused with this code, to later-451@… put off; the README of @waybill/mail-catcher tells the rest.`;

export function addMailCommands(program: Command, done: (code: ExitCode) => void, terminal: Terminal): void {
  const mail = addGroup(program, 'mail', 'See the mails that an application sends while it is developed.');
  addCommand(mail, 'catch', 'Take every mail, deliver none, and show them on a page, until Ctrl-C. Needs @waybill/mail-catcher.')
    .option('--smtp <port>', 'the port for mails; 0 takes any that is free', '1025')
    .option('--page <port>', 'the port of the page; 0 takes any that is free', '1080')
    .option('--host <address>', 'the address to listen on (default: 127.0.0.1, which only this machine reaches)')
    .option('--json', 'write a JSON object for the start and one for each mail, a line each')
    .addHelpText('after', onDemand)
    .action(async (options) => done(await (await import('./catch.ts')).catchMails(options, terminal)));
}
