import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckedManifest, ManifestSource } from '@waybill/manifest';
import { reportedError } from '../error-text.ts';
import { errors } from '../errors.ts';
import type { ChildNews, ChildOrder } from './child.ts';
import type { CrashPoint } from './crash-point.ts';
import { added, counted, type Effects, readEffects } from './effects.ts';
import type { Sample } from './samples.ts';
import { notedIn, type ScratchEvent } from './scratch-log.ts';
import { scratchManifest } from './scratch-manifest.ts';

export interface Subject {
  readonly written: ManifestSource;
  readonly manifest: CheckedManifest;
  /** The module of the application. */
  readonly app: string;
  readonly entry: string;
  readonly sample: Sample;
  /** The main module of the scratch journal. */
  readonly journal: string;
  /** The command that tells effects, where there is one. */
  readonly effects: string | undefined;
}

/** What one message came to. */
export interface ScratchRun {
  /** The points that were passed, in their order, those of the second process included. */
  readonly passed: readonly CrashPoint[];
  readonly state: string;
  /** Of a parked message. */
  readonly why: string | undefined;
  /** What the application did, and what was sent: each message id once. */
  readonly effects: Effects;
}

/** For so long a process may work on one message, in milliseconds. */
const limit = 60_000;

/** How often a process that ends by itself is started again. */
const starts = 10;

/**
 * Has one message handled in a folder of its own, by a process that ends itself at `crash` and is then started again. Throws what
 * `waybill run` says where the process cannot start, `WB_CLI_CRASHTEST_FAILED` where it does not come to rest, and `WB_CLI_NO_EFFECTS`.
 */
export async function scratchRun(subject: Subject, crash?: CrashPoint): Promise<ScratchRun> {
  const scratch = await mkdtemp(join(tmpdir(), 'waybill-crashtest-'));
  const env = { ...process.env, WAYBILL_CRASHTEST: scratch };
  const id = `crashtest-${randomUUID()}`;
  const { effects: command, manifest } = subject;
  const ask = async (): Promise<Effects> => (command === undefined ? counted([]) : readEffects({ command, folder: manifest.folder, env }));
  try {
    const before = await ask();
    const { state, code, reason } = await untilOver(subject, { scratch, env, id, crash });
    const own = added(before, await ask(), id);
    const events = notedIn(scratch);
    const why = state === 'done' ? undefined : `${code}: ${reason}`;
    return { passed: passedIn(events), state, why, effects: new Map([...own, ...counted(sentIn(events))]) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Folder {
  readonly scratch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly id: string;
  readonly crash: CrashPoint | undefined;
}

async function untilOver(
  { written, manifest, app, entry, sample, journal }: Subject,
  { scratch, env, id, crash }: Folder,
): Promise<Extract<ChildNews, { readonly is: 'over' }>> {
  const order: ChildOrder = {
    scratch,
    manifest: scratchManifest(written, manifest, entry, scratch) as ChildOrder['manifest'],
    folder: manifest.folder,
    app,
    journal,
  };
  const message = { id, body: Buffer.from(sample.body).toString('base64') };
  let last = '';
  for (let start = 0; start < starts; start++) {
    const isSettled = notedIn(scratch).some(({ did }) => did === 'settled');
    const news = await oneProcess({ ...order, message: isSettled ? undefined : message, crash: start === 0 ? crash : undefined }, env);
    if (news.is === 'over') return news;
    if (news.is === 'failed') throw failureOf(news);
    last = news.how;
  }
  const when = notedIn(scratch).some(({ did }) => did === 'passed')
    ? `while it had ${sample.name} in hand`
    : `before it had ${sample.name}`;
  throw errors.WB_CLI_CRASHTEST_FAILED(
    `The process with the application ended by itself ${starts} times ${when}, the last time with ${last}.`,
  );
}

function failureOf(news: Extract<ChildNews, { readonly is: 'failed' }>): Error {
  if ('error' in news) return reportedError(news.error);
  return errors.WB_CLI_CRASHTEST_FAILED(`The process with the application does not start: ${news.defect}`);
}

type Ended = ChildNews | { readonly is: 'ended'; readonly how: string };

/** What the process says at its end, or how it ended where it says nothing. */
async function oneProcess(order: ChildOrder, env: Folder['env']): Promise<Ended> {
  const child = fork(new URL('./crashtest/child.js', import.meta.url), {
    execArgv: [],
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, limit);
  child.send(order);
  const ended = await endOf(child);
  clearTimeout(timer);
  if (isLate) throw errors.WB_CLI_CRASHTEST_FAILED(`The message did not come to its end within ${limit / 1_000} s.`);
  return ended;
}

async function endOf(child: ChildProcess): Promise<Ended> {
  let news: ChildNews | undefined;
  child.once('message', (told) => {
    news = told as ChildNews;
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return news ?? { is: 'ended', how: code === null ? `signal ${signal}` : `exit code ${code}` };
}

function passedIn(events: readonly ScratchEvent[]): readonly CrashPoint[] {
  return events.flatMap((event) => (event.did === 'passed' ? [event.point] : []));
}

/** The far side knows a message again by its id. */
function sentIn(events: readonly ScratchEvent[]): readonly string[] {
  const sent = events.flatMap((event) => (event.did === 'sent' ? [event] : []));
  return [...new Map(sent.map((one) => [`${one.entry} ${one.id}`, `${one.type} to ${one.entry}`])).values()];
}
