import type { Leg } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { callApplication, isThenable } from '../call-plugin.ts';
import { commandErrors, messageErrors } from '../errors.ts';
import { AttemptContext, type HandlerRun } from './handler-context.ts';
import type { InboundServices } from './services.ts';

/** Runs the handler of the command within the time of the entry, and checks what it answers. Throws what the handler throws, or `WB_COMMAND_…`. */
export async function runHandler(
  entry: CheckedInbound,
  services: InboundServices,
  { hand, identified, principal, taken }: HandlerRun,
): Promise<{ readonly output: unknown; readonly legs: readonly Leg[] }> {
  const { handler, definition, checkOutput } = identified.command;
  if (!handler) throw messageErrors.WB_COMMAND_UNHANDLED(`The application has no handler for ${definition.name}.`);
  const context = new AttemptContext({ hand, identified, principal, taken }, services);
  try {
    const answer: unknown = handler.run(identified.read.input, context);
    const output = isThenable(answer)
      ? await callApplication(services.deadlines, `The handler of ${definition.name}`, entry.timeout, answer)
      : answer;
    const problem = checkOutput?.(output);
    if (!problem) return { output, legs: context.end() };
    const text = `The handler of ${definition.name} answered with something that the command does not allow, at ${problem.at}: ${problem.reason}.`;
    throw commandErrors.WB_COMMAND_BAD_OUTPUT(text, { at: problem.at });
  } finally {
    context.end();
  }
}
