import { isWaybillError } from '@waybill/contract';
import type { Kernel } from '@waybill/kernel';
import type { Call } from '../../oracle/call-book.ts';
import type { SimProcess } from '../sim-process.ts';
import { recipientsOf, type World } from '../world.ts';
import { workAsked, workTold } from './events.ts';

/** What is sent, or asked. */
export interface Telling {
  readonly cause: string;
  readonly n: number;
  readonly key: string;
}

/** How a call ended, for whoever made it. */
export type Ending = 'well' | 'failed';

/** Has a process send something at once, and the oracle judge what its caller is told. */
export function tellNow(world: World, process: SimProcess, kernel: Kernel, data: Telling, id: string | undefined): Promise<Ending> {
  const { toldTo } = world.scenario;
  const queues = toldTo.map((place) => recipientsOf(place)[0] ?? '');
  const abouts = toldTo.map(({ name }) => aboutCall(name, data));
  const send = () => kernel.sendNow(workTold, data, { id });
  return heard(world, process, abouts, send, (call, receipts) => world.oracle.calls.sent(call, receipts, queues));
}

type Ask = Pick<Kernel, 'request'>['request'];

/** Has a process ask the far side, for up to so many milliseconds, and the oracle judge what its caller is told. */
export function askNow(world: World, process: SimProcess, ask: Ask, data: Telling, timeout: number): Promise<Ending> {
  const abouts = [aboutCall(world.scenario.asked.name, data)];
  const request = () => ask(workAsked, data, { timeout });
  return heard(world, process, abouts, request, (call, reply) => world.oracle.calls.answered(call, reply));
}

async function heard<Result>(
  { oracle, tell }: World,
  process: SimProcess,
  abouts: readonly string[],
  send: () => Promise<Result>,
  judge: (call: Call, result: Result) => void,
): Promise<Ending> {
  tell(`${process.name} calls ${abouts.join(', ')}`);
  const call = oracle.calls.begun(process, abouts);
  const sent = await send().then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  await process.pass();
  tell(`the caller of ${abouts.join(', ')} hears ${'error' in sent ? codeOf(sent.error) : 'that all is well'}`);
  oracle.calls.ended(call);
  if ('error' in sent) oracle.calls.failed(call, sent.error);
  else judge(call, sent.result);
  return 'error' in sent ? 'failed' : 'well';
}

/** The text of an error may hold ids, which are not the same in every run. */
function codeOf(error: unknown): string {
  return isWaybillError(error) ? error.code : String(error);
}

function aboutCall(entry: string, { cause, n }: Telling): string {
  return `${entry}:${cause}#${n}`;
}
