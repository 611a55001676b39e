import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type AnyJournal, defineJournal, isWaybillError, type Journal } from '@waybill/contract';
import type { Handler, HandlerContext } from '@waybill/contract/application';
import { createKernel, createLog, type Manifest } from '@waybill/kernel';
import { loadApplication } from '@waybill/plugin-host';
import { type ErrorReport, errorReport } from '../error-text.ts';
import { watchAwaits } from './awaits.ts';
import type { CrashPoint } from './crash-point.ts';
import { note } from './scratch-log.ts';
import { scratchTransport } from './scratch-transport.ts';
import { watchedJournal } from './watched-journal.ts';

/** What a process does: it works on one message until everything has come to rest, or until it comes to `crash`. */
export interface ChildOrder {
  /** Its own, with the journal in it. */
  readonly scratch: string;
  readonly manifest: Manifest;
  /** What the manifest is relative to. */
  readonly folder: string;
  readonly app: string;
  /** The main module of the scratch journal. */
  readonly journal: string;
  /** Missing where it was settled before the crash. `body` is base64. */
  readonly message?: { readonly id: string; readonly body: string } | undefined;
  readonly crash?: CrashPoint | undefined;
}

/** How it ended. `failed`: it could not start; `error` is what `waybill run` would say, `defect` the stack of an error that is not ours. */
export type ChildNews =
  | { readonly is: 'over'; readonly state: string; readonly code?: string | undefined; readonly reason?: string | undefined }
  | { readonly is: 'failed'; readonly error: ErrorReport }
  | { readonly is: 'failed'; readonly defect: string };

// Whoever asked for it has ended.
process.once('disconnect', () => process.exit());
process.once('message', (order: ChildOrder) => {
  run(order).then(tell, (error: unknown) => {
    if (isWaybillError(error)) tell({ is: 'failed', error: errorReport(error) });
    else tell({ is: 'failed', defect: error instanceof Error ? (error.stack ?? '') : String(error) });
  });
});

/** What the application left behind keeps the process no longer. */
function tell(news: ChildNews): void {
  process.send?.(news, () => process.exit());
}

async function run({ scratch, manifest, folder, app, journal: main, message, crash }: ChildOrder): Promise<ChildNews> {
  const passed = new Map<CrashPoint['at'], number>();
  const pass = (at: CrashPoint['at']): void => {
    const nth = (passed.get(at) ?? 0) + 1;
    passed.set(at, nth);
    note(scratch, { did: 'passed', point: { at, nth } });
    if (crash?.at === at && crash.nth === nth) process.kill(process.pid, 'SIGKILL');
  };
  const { default: own } = (await import(pathToFileURL(main).href)) as { readonly default: AnyJournal };
  let journal: Journal | undefined;
  const open: AnyJournal['open'] = async (...given) => {
    journal = await own.open(...given);
    return watchedJournal(journal, (point) => {
      if (point === 'recording') pass('returned');
      if (point === 'recorded') pass('recorded');
    });
  };
  const application = await loadApplication(app);
  const whole = message && { id: message.id, createdAt: Date.now(), body: Buffer.from(message.body, 'base64'), properties: {} };
  const kernel = createKernel({
    manifest,
    folder,
    plugins: [scratchTransport(scratch, whole), defineJournal({ ...own, open })],
    application: { ...application, handlers: application.handlers.map((handler) => watched(handler, pass)) },
    log: createLog({ level: 'error' }),
  });
  await kernel.start();
  const news = await atRest(() => journal);
  await kernel.stop();
  return news;
}

/** The handler with the points that can be seen in it. */
function watched({ command, run: own }: Handler, pass: (at: CrashPoint['at']) => void): Handler {
  return {
    command,
    run(input, context) {
      pass('begin');
      let hasEnded = false;
      const seen = new Proxy(context, { get: (target, key) => memberOf(target, key, pass) });
      const answer = watchAwaits(
        () => own(input, seen),
        () => {
          if (!hasEnded) pass('await');
        },
      );
      if (!(answer instanceof Promise)) return answer;
      return answer.finally(() => {
        hasEnded = true;
      });
    },
  };
}

function memberOf(context: HandlerContext, key: string | symbol, pass: (at: CrashPoint['at']) => void): unknown {
  if (key === 'publish') {
    const publish: HandlerContext['publish'] = (...given) => {
      context.publish(...given);
      pass('publish');
    };
    return publish;
  }
  const value: unknown = Reflect.get(context, key, context);
  return typeof value === 'function' ? (value.bind(context) as unknown) : value;
}

/** Resolves when the message is done or parked, and everything that it caused was sent or parked. */
async function atRest(journal: () => Journal | undefined): Promise<ChildNews> {
  for (;;) {
    await pause(20);
    const desk = journal()?.desk;
    const [row] = (await desk?.list({ direction: 'in', limit: 1 }))?.rows ?? [];
    const counts = (await desk?.counts()) ?? [];
    const isOver = row?.state === 'done' || row?.state === 'parked';
    if (isOver && counts.every(({ waiting }) => waiting === 0)) return { is: 'over', state: row.state, code: row.code, reason: row.reason };
  }
}
