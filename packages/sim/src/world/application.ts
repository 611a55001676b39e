import { type Draft, defineCommand, defineEvent, defineMessagePack, messageReported, Type } from '@waybill/contract';
import { type ApplicationSpec, type HandlerContext, handle } from '@waybill/contract/application';
import type { MessagePlan, Scenario } from '../chance/scenario.ts';
import { commandErrors } from '../errors.ts';
import type { Run } from '../oracle/inbound-book.ts';
import { workAsked, workTold } from './calls/events.ts';
import { askNow } from './calls/watched.ts';
import type { SimProcess } from './sim-process.ts';
import type { World } from './world.ts';

const input = Type.Object({ id: Type.String(), key: Type.String() }, { additionalProperties: false });
const answer = Type.Object({ answer: Type.String() }, { additionalProperties: false });

const doWork = defineCommand({ name: 'work.do', summary: 'Does the work of a message.', input, orderKey: ({ key }) => key });
const askWork = defineCommand({
  name: 'work.ask',
  summary: 'Does the work and answers.',
  input,
  output: answer,
  orderKey: ({ key }) => key,
});

const workDone = defineEvent({
  name: 'work.done',
  summary: 'Work was done.',
  data: Type.Object({ cause: Type.String(), n: Type.Integer(), key: Type.String() }, { additionalProperties: false }),
  orderKey: ({ key }) => key,
});

const kinds = ['Work', 'Ask', 'Answer', 'Done', 'Told', 'Question', 'Reply'];

/** Messages as JSON. */
export const simPack = defineMessagePack({
  name: 'sim',
  summary: 'The messages of the simulation, as JSON.',
  messages: [
    { name: 'Work', version: '1', direction: 'in', summary: 'Work to do.', commands: [doWork] },
    {
      name: 'Ask',
      version: '1',
      direction: 'in',
      summary: 'Work to do and to answer.',
      commands: [askWork],
      reply: { name: 'Answer', version: '1' },
    },
    { name: 'Answer', version: '1', direction: 'out', summary: 'The answer.' },
    { name: 'Done', version: '1', direction: 'out', summary: 'Work was done.', event: workDone },
    { name: 'Told', version: '1', direction: 'out', summary: 'Work is told of.', event: workTold },
    {
      name: 'Question',
      version: '1',
      direction: 'out',
      summary: 'Work is asked about.',
      event: workAsked,
      reply: { name: 'Reply', version: '1' },
    },
    { name: 'Reply', version: '1', direction: 'in', summary: 'What the far side replies.' },
    { name: 'News', version: '1', direction: 'out', summary: 'What was reported.', event: messageReported },
  ],
  recognise({ body }) {
    const [, kind = ''] = /^\{"kind":"(\w+)"/.exec(Buffer.from(body).toString()) ?? [];
    return kinds.includes(kind) ? { name: kind, version: '1' } : undefined;
  },
  read(type, { body }) {
    const { kind: _, ...read } = JSON.parse(Buffer.from(body).toString()) as Readonly<Record<string, unknown>>;
    return { command: type.name === 'Ask' ? 'work.ask' : 'work.do', input: read };
  },
  // The far side of the simulation says in each report which one it is.
  compose: (type, data): Draft =>
    draft(type.name, type.name === 'News' ? { cause: (data as { detail: string }).detail, n: 0 } : (data as object)),
  reply(type, outcome): Draft | undefined {
    if (type.name !== 'Ask') return undefined;
    if (outcome.ok) return draft('Answer', outcome.output as object);
    const { id = '' } = (outcome.read?.input ?? {}) as { readonly id?: string };
    return draft('Answer', { failed: id });
  },
});

function draft(kind: string, data: object): Draft {
  return { body: JSON.stringify({ kind, ...data }), contentType: 'application/json', type: kind };
}

/** Everything that is published goes to every destination. */
export function simRoutes({ outbound, toldTo, asked }: Scenario) {
  return [
    { event: workDone.name, message: 'Done', to: outbound.map(({ name }) => name) },
    { event: workTold.name, message: 'Told', to: toldTo.map(({ name }) => name) },
    { event: workAsked.name, message: 'Question', to: [asked.name] },
    { event: messageReported.name, message: 'News', to: outbound.slice(0, 1).map(({ name }) => name) },
  ];
}

/** The application of one process: its handlers do what the seed says. */
export function simApplication(world: World, process: SimProcess): ApplicationSpec {
  const serve = (given: { readonly id: string }, context: HandlerContext) => new Attempt(world, process, given.id, context).run();
  return {
    handlers: [
      handle(doWork, (given, context) => serve(given, context) as Promise<void>),
      handle(askWork, (given, context) => serve(given, context) as Promise<{ answer: string }>),
    ],
    keyOf: (_command, given, { proposed }) => keyOf(world, process, (given as { readonly id: string }).id, proposed),
  };
}

function keyOf(
  { faults, random, oracle }: World,
  process: SimProcess,
  id: string,
  proposed: string | undefined,
): string | undefined | Promise<string | undefined> {
  const fails = faults.happens('key.fails');
  if (fails) oracle.inbound.withoutKey(id);
  const tell = (): string | undefined => {
    if (fails) throw commandErrors.WB_SIM_BUSY('The order key cannot be told at the moment.');
    return proposed;
  };
  return faults.happens('key.slow') ? process.sleep(random.whole(1, 500)).then(tell) : tell();
}

const failing = ['handler.retryable', 'handler.final', 'handler.foreign', 'handler.throws-after-publish'] as const;

/** One attempt of a handler. */
class Attempt {
  readonly #world: World;
  readonly #process: SimProcess;
  readonly #id: string;
  readonly #context: HandlerContext;
  readonly #run: Run | undefined;

  constructor(world: World, process: SimProcess, id: string, context: HandlerContext) {
    this.#world = world;
    this.#process = process;
    this.#id = id;
    this.#context = context;
    this.#run = world.oracle.inbound.started(process, id);
  }

  get #plan(): MessagePlan | undefined {
    return this.#world.scenario.messages.find(({ id }) => id === this.#id);
  }

  run(): unknown {
    const { random, faults, tell, oracle } = this.#world;
    tell(`${this.#process.name} handles ${this.#id}, attempt ${this.#context.attempt}`);
    // Not every handler takes time.
    if (random.chance(0.25)) return this.#end();
    const run = this.#run;
    const over = (): void => {
      if (run) oracle.inbound.over(run);
    };
    const { signal } = this.#context;
    // One whose lease was lost before it began is told so from the beginning.
    if (signal.aborted) over();
    else signal.addEventListener('abort', over, { once: true });
    return faults.happens('handler.hangs') ? new Promise(() => undefined) : this.#slowly();
  }

  async #slowly(): Promise<unknown> {
    const { random, faults } = this.#world;
    await this.#process.sleep(random.pick([0, 5, 50, 500, 2_000]));
    if (faults.happens('process.killed-in-handler')) return this.#process.kill();
    if (this.#plan?.inquires) await this.#inquire(this.#plan);
    return this.#end();
  }

  /** Asks the far side; the work goes on whatever that says. */
  async #inquire({ id, key }: MessagePlan): Promise<void> {
    const world = this.#world;
    const data = { cause: `${id}?`, n: world.oracle.bench.next(), key };
    await askNow(world, this.#process, this.#context.request.bind(this.#context), data, world.random.whole(200, 2_000));
  }

  #end(): unknown {
    const { faults, plant } = this.#world;
    const plan = this.#plan;
    const fault = faults.oneOf(...failing);
    if (fault === 'handler.throws-after-publish') this.#publish(1);
    const error = this.#failure(fault, plan?.isPoison ?? false, (plan?.isStubborn ?? false) && !faults.isOver);
    if (error) {
      this.#ended('retryable' in error && !error.retryable ? 'final' : 'retryable');
      throw plant.failure?.(error) ?? error;
    }
    this.#publish(plan?.events ?? 0);
    this.#ended('done');
    return plan?.asks ? { answer: this.#id } : undefined;
  }

  #failure(fault: (typeof failing)[number] | undefined, isPoison: boolean, isStubborn: boolean): Error | undefined {
    if (isPoison || fault === 'handler.final') return commandErrors.WB_SIM_REFUSED('This message is not wanted.');
    if (fault === 'handler.foreign') return new Error('Something else went wrong.');
    return fault || isStubborn ? commandErrors.WB_SIM_BUSY('Later, perhaps.') : undefined;
  }

  #publish(events: number): void {
    const plan = this.#plan;
    // After its time is over, a handler cannot publish: the kernel says so by throwing.
    for (let n = 0; n < events; n++) this.#context.publish(workDone, { cause: this.#id, n, key: plan?.key ?? '' });
  }

  #ended(result: 'done' | 'retryable' | 'final'): void {
    if (this.#run) this.#world.oracle.inbound.ended(this.#run, result);
  }
}
