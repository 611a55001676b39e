import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isWaybillError, type JournalRow, type SalvagedJournal } from '@waybill/contract';
import journalPlugin from '@waybill/journal-sqlite';
import { type Bar, none } from './bar.ts';
import { type Damage, damageOf } from './corruption/damage.ts';
import { contextOf, fileOf, openJournal, settingsOf } from './corruption/opening.ts';
import { type Differences, differences, keyText, listAll, type View, viewOf } from './corruption/view.ts';

/** How a damage came out. */
type Outcome = 'harmless' | 'refused at the opening' | 'told when it is read' | 'told by the check' | 'silent';

interface Truth {
  readonly folder: string;
  readonly keys: readonly JournalRow[];
  readonly view: View;
  /** When the process was killed. */
  readonly later: number;
}

const filler = fileURLToPath(new URL('./corruption/fill-child.ts', import.meta.url));

/**
 * A journal with rows of every kind, whose process was killed, so that its log has what the file has not. Each case is a fresh copy with
 * one damage: it is opened as a kernel opens it and compared with the truth, checked, and salvaged. Nothing may be answered otherwise
 * than it was without a word, and what a salvage brings is the truth but for what it names.
 */
export async function corruption(cases: number, messages = 1_500): Promise<readonly Bar[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bars-'));
  try {
    const truth = await makeTruth(folder, messages);
    const outcomes = new Map<Outcome, number>();
    const wrong: string[] = [];
    const [unsalvaged, salvagedWrong]: [string[], string[]] = [[], []];
    for (let seed = 0; seed < cases; seed++) {
      const damage = damageOf(seed, fileOf(truth.folder));
      const { outcome, silent } = await judge(truth, damage);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (outcome === 'silent') wrong.push(`${damage.what}: ${silent.slice(0, 3).join('; ')}`);
      if (outcome === 'harmless' || outcome === 'silent') continue;
      const salvaged = await salvage(truth, damage);
      if (salvaged === undefined) unsalvaged.push(damage.what);
      else if (salvaged.length > 0) salvagedWrong.push(`${damage.what}: ${salvaged.slice(0, 3).join('; ')}`);
    }
    for (const [what, texts] of Object.entries({ silent: wrong, unsalvaged, 'salvaged otherwise': salvagedWrong }))
      for (const text of texts) process.stderr.write(`${what}: ${text}\n`);
    const named = `corruption, ${cases} damages`;
    const count = (outcome: Outcome): Bar => ({
      what: `${named}: ${outcome}`,
      figure: String(outcomes.get(outcome) ?? 0),
      limit: 'as it comes',
      kept: true,
    });
    return [
      ...(['harmless', 'refused at the opening', 'told when it is read', 'told by the check'] as const).map(count),
      none(`${named}: silent`, wrong.length),
      none(`${named}: could not be salvaged`, unsalvaged.length),
      none(`${named}: salvaged otherwise than it was, without naming it`, salvagedWrong.length),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeTruth(parent: string, messages: number): Promise<Truth> {
  const folder = join(parent, 'truth');
  await mkdir(folder);
  const child = spawn(process.execPath, [filler, folder, String(messages)], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal !== 'SIGKILL' || !existsSync(`${fileOf(folder)}-wal`))
    throw new Error('The journal was not filled until its process was killed.');
  const later = Date.now();
  const copy = await copyOf(folder, 'copy');
  const journal = await openJournal(copy);
  const keys = await listAll(journal);
  const view = await viewOf(journal, keys, later);
  await journal.close();
  const truth = { folder, keys, view, later };
  const sound = await judge(truth, { what: 'nothing', does: () => undefined });
  if (sound.outcome !== 'harmless') throw new Error(`Without a damage it is ${sound.outcome}: ${sound.silent.join('; ')}.`);
  return truth;
}

async function copyOf(folder: string, name: string): Promise<string> {
  const copy = join(folder, '..', name);
  await rm(copy, { recursive: true, force: true });
  await cp(folder, copy, { recursive: true });
  // Whoever opens a file after a crash makes it anew.
  await rm(`${fileOf(copy)}-shm`, { force: true });
  return copy;
}

async function judge(truth: Truth, { does }: Damage): Promise<{ readonly outcome: Outcome; readonly silent: readonly string[] }> {
  const folder = await copyOf(truth.folder, 'copy');
  does(folder);
  const isFound = await isFoundByCheck(folder);
  const seen = await look(truth, folder);
  if (seen === undefined) return { outcome: 'refused at the opening', silent: [] };
  const { silent, told } = seen;
  if (silent.length > 0) return { outcome: isFound ? 'told by the check' : 'silent', silent };
  if (told.length > 0) return { outcome: 'told when it is read', silent };
  return { outcome: isFound ? 'told by the check' : 'harmless', silent };
}

async function isFoundByCheck(folder: string): Promise<boolean> {
  const checked = await orError(() => journalPlugin.check?.(settingsOf(folder) as never, contextOf(folder)));
  return checked === undefined || checked.faults.length > 0;
}

/** Undefined where it is not opened. */
async function look(truth: Truth, folder: string): Promise<Differences | undefined> {
  const journal = await orError(() => openJournal(folder));
  if (!journal) return undefined;
  const view = await viewOf(journal, truth.keys, truth.later);
  await journal.close();
  return differences(truth.view, view);
}

/** What is otherwise in the salvaged journal and was not named; undefined where there is none. */
async function salvage(truth: Truth, { does }: Damage): Promise<readonly string[] | undefined> {
  const folder = await copyOf(truth.folder, 'copy');
  does(folder);
  const into = await copyOf(truth.folder, 'salvaged');
  for (const end of ['', '-wal', '-told']) await rm(`${fileOf(into)}${end}`, { force: true });
  const options = { into: fileOf(into), by: { who: 'the bar' } };
  const salvaged = await orError(() => journalPlugin.salvage?.(settingsOf(folder) as never, contextOf(folder), options));
  if (!salvaged) return undefined;
  const checked = await journalPlugin.check?.(settingsOf(into), contextOf(into));
  const faults = checked?.faults.map(({ what }) => `check: ${what}`) ?? [];
  const seen = await look(truth, into);
  return seen ? [...faults, ...unnamed(truth, seen, salvaged)] : ['it cannot be opened'];
}

/** What is lost is named by its id, or, of a commit that is gone for good, by how many there were. */
function unnamed({ keys }: Truth, { silent }: Differences, { doubtful, lost }: SalvagedJournal): readonly string[] {
  const named = new Set(doubtful.map(keyText));
  const areCommitsLost = lost.some((text) => text.includes('commits'));
  const seqs = new Map(keys.map((key) => [keyText(key), key.seq]));
  const isInGap = (key: string): boolean =>
    lost.some((text) => {
      const [, from, to = from] = /[Rr]ows? (\d+)(?: to (\d+))? of the messages/.exec(text) ?? [];
      const seq = seqs.get(key) ?? 0;
      return Number(from) <= seq && seq <= Number(to);
    });
  const arePartsLost = lost.some((text) => /part of the table (?:failure|report)/.test(text));
  const isNamed = (question: string): boolean => {
    const [, , id = ''] = question.replace(/^\w+ /, '').split(' ');
    if (areCommitsLost || named.has(question.replace(/^\w+ /, ''))) return true;
    const isOfOne = /^(?:show|find) /.test(question);
    if (!isOfOne) return named.size + lost.length > 0;
    return isInGap(question.replace(/^\w+ /, '')) || arePartsLost || lost.some((text) => text.includes(`/${id}.`));
  };
  // A salvage is a record of its own.
  return silent.filter((question) => question !== 'records' && !isNamed(question));
}

async function orError<Result>(work: () => Promise<Result> | undefined): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isWaybillError(error)) return undefined;
    throw error;
  }
}
