import { appendFileSync } from 'node:fs';
import { commands, pickListGet } from '@waybill/commerce';
import { CommandError } from '@waybill/contract';
import { type ApplicationSpec, type Handler, type HandlerContext } from '@waybill/contract/application';
import { resolveSettings } from '@waybill/contract/host';
import fulfillment from '@waybill/pack-fulfillment';
import { sample } from './samples.ts';

/** One call of a handler. */
export interface Call {
  readonly command: string;
  readonly messageId: string;
  readonly attempt: number;
}

/** Who may log in from inside a message. */
const logonId = 'erp_gateway';
const password = 'kestrel-4410';

/** An order or a batch with this number is refused by the application. */
export const refusedNumber = '66666';
/** An order with this number fails at the first attempt, in a way that may pass. */
export const troubledNumber = '77777';
export interface ApplicationOptions {
  /** A file that gets a line for every call that ends well. */
  readonly diary?: string;
  /** True: handlers begin and never end. */
  readonly holds?: boolean;
}

/** Serves every command, and keeps what it was called with. */
export function recordingApplication({ diary, holds = false }: ApplicationOptions = {}): {
  readonly application: ApplicationSpec;
  readonly calls: readonly Call[];
} {
  const calls: Call[] = [];
  const handlers = commands.map((command): Handler => {
    const run = async (input: unknown, { messageId, attempt }: HandlerContext): Promise<unknown> => {
      calls.push({ command: command.name, messageId, attempt });
      if (holds) await new Promise(() => undefined);
      fail(JSON.stringify(input), attempt);
      if (diary !== undefined) appendFileSync(diary, `${messageId}\n`);
      return command.name === pickListGet.name ? pickList() : undefined;
    };
    return { command, run: run as Handler['run'] };
  });
  const authenticate: ApplicationSpec['authenticate'] = (given) =>
    given.logonId === logonId && given.password === password ? { name: logonId } : undefined;
  return { calls, application: { handlers, authenticate } };
}

function fail(input: string, attempt: number): void {
  if (input.includes(refusedNumber)) throw new CommandError('WB_TEST_REFUSED', `There is no order or batch ${refusedNumber}.`);
  if (input.includes(troubledNumber) && attempt === 1)
    throw new CommandError('WB_TEST_BUSY', 'Somebody has locked the order.', { retryable: true });
}

/** The slips of the sample report. */
function pickList(): unknown {
  const body = Buffer.from(sample('Report_WCS_PickPackListDetail'));
  const message = { id: 'sample', body, createdAt: 0, properties: {}, encoding: 'utf-8' };
  const options = resolveSettings(fulfillment.options ?? {}, {}, { folder: '' }) as never;
  const { input } = fulfillment.read({ name: 'Report_WCS_PickPackListDetail', version: '2.0' }, message, options);
  return (input as { readonly pickList: unknown }).pickList;
}
