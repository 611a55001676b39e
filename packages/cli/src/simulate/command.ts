import type { Command } from 'commander';
import { addCommand } from '../add-command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import type { BuyerCommandOptions } from './buyer/simulate-buyer.ts';

const caution = `
Use it where the real other side is not: it takes messages off the same queues and out of the same folders.`;

export function addSimulateCommand(program: Command, done: (code: ExitCode) => void, terminal: Terminal): void {
  const simulate = addCommand(
    program,
    'simulate [manifest]',
    'Play the other side of a manifest: answer what it sends, and send what follows, until Ctrl-C.',
  )
    .option('--only <connection>', 'play this connection only; may be repeated (default: all)', collect)
    .option('--send <message>', 'send samples of this message, too; may be repeated', collect)
    .option('--to <entry>', 'the inbound entry to send samples to (default: the first that takes them)')
    .option('--rate <rate>', 'how many samples a second (50), or 90/m, 10/h (default: 1)')
    .option('--count <number>', 'end when so many samples were sent (default: at Ctrl-C)')
    .option('--seed <number>', 'make up other messages for each seed (default: everything once, with plain texts)')
    .option('--delay <time>', 'how long an answer, or the next step of an order, takes', '0ms')
    .option('--delay-spread <time>', 'by how much that is shorter or longer at most', '0ms')
    .option('--errors <share>', 'the share of messages that are refused, such as 5%', '0%')
    .option('--unanswered <share>', 'the share of messages that are taken and not answered', '0%')
    .option('--json', 'write a JSON object for each message and one for the summary, a line each')
    .addHelpText('after', caution)
    .action(async (manifest, options) => done(await (await import('./simulate.ts')).simulate(manifest, options, terminal)));
  addBuyerCommand(simulate, done, terminal);
}

function addBuyerCommand(simulate: Command, done: (code: ExitCode) => void, terminal: Terminal): void {
  addCommand(simulate, 'buyer', 'Play a procurement system that buys from a shop, on pages, until Ctrl-C. Needs @waybill/buyer-simulator.')
    .option('--shop <address>', 'where the shop takes cXML, or calls of OCI')
    .option('--profile <name>', 'which procurement system it is; a name that is none lists them (default: generic)')
    .option('--secret <secret>', 'the shared secret, or the password of OCI; WAYBILL_BUYER_SECRET keeps it off the command line')
    .option('--identity <name>', 'the name of the buyer, or the user of OCI')
    .option('--supplier <name>', 'the name of the supplier')
    .option('--port <port>', 'the port; 0 takes any that is free', '8079')
    .option('--host <address>', 'the address to listen on (default: 127.0.0.1, which only this machine reaches)')
    .option('--name <host>', 'the name under which browsers and the shop reach it (default: the address)')
    .option('--key <file>', 'the key for TLS, in PEM; with --cert')
    .option('--cert <file>', 'its certificate, in PEM')
    .option('--json', 'write a JSON object for the start and one for each document, a line each')
    .action(async (_options, command: Command) => {
      // Of what both commands know, --json, the one above takes what is given.
      const options = command.optsWithGlobals<BuyerCommandOptions>();
      done(await (await import('./buyer/simulate-buyer.ts')).simulateBuyer(options, terminal));
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
