import { isWaybillError, type Journal, type JournalRow, type RowKey } from '@waybill/contract';

/** All that a journal hands out, answers or lists: by what was asked, as text. */
export type View = ReadonlyMap<string, string>;

/** What a journal says instead of an answer, or beside it, where it knows that something is damaged. */
const told = 'DAMAGED';

const damageCodes = ['WB_JOURNAL_ROW_DAMAGED', 'WB_JOURNAL_BODY_MISSING', 'WB_JOURNAL_DAMAGED'];

/** `keys`: the messages that were there, which are asked for beside those that are listed. `later`: times from which on nothing is compared, since they are those of this look. */
export async function viewOf(journal: Journal, keys: readonly RowKey[], later: number): Promise<View> {
  const view = new Map<string, string>();
  const ask = async (question: string, answer: () => Promise<unknown>): Promise<void> => {
    try {
      view.set(question, textOf(await answer(), later));
    } catch (error) {
      if (!isWaybillError(error) || !error.code.startsWith('WB_JOURNAL_')) throw error;
      view.set(question, told);
    }
  };
  const { desk, control, inbox } = journal;
  await ask('messages', async () => (await listAll(journal)).map(keyText).toSorted());
  await ask('counts', () => desk.counts());
  await ask('paused', () => control.paused());
  await ask('records', () => control.records({ limit: 10_000 }));
  await ask('tallies', () => control.tallies({ since: 0 }));
  await ask('blocked', async () => (await desk.blocked({ limit: 1_000 })).map(({ head, waiting }) => `${head} ${waiting}`).toSorted());
  for (let key = 0; key < 40; key++)
    await ask(`order o-${key}`, async () =>
      (await desk.list({ businessKey: { name: 'order', value: `o-${key}` }, limit: 1_000 })).rows.map(keyText),
    );
  await Promise.all(
    keys.flatMap((key) => [
      ask(`show ${keyText(key)}`, () => desk.show(key)),
      ...(key.direction === 'in' ? [ask(`find ${keyText(key)}`, () => inbox.find(key))] : []),
    ]),
  );
  for (const entry of ['orders', 'reports'])
    await ask(`claim ${entry}`, async () => (await inbox.claim({ entry, limit: 100_000, run: 50 })).jobs.map(jobText));
  for (const entry of ['erp', 'mail'])
    await ask(`claim ${entry}`, async () => (await journal.outbox.claim({ entry, limit: 100_000, run: 50 })).jobs.map(jobText));
  return view;
}

export async function listAll({ desk }: Pick<Journal, 'desk'>): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = [];
  let before: number | undefined;
  do {
    const page = await desk.list({ limit: 1_000, before });
    rows.push(...page.rows);
    before = page.next;
  } while (before !== undefined);
  return rows;
}

export const keyText = ({ direction, entry, id }: RowKey): string => `${direction} ${entry} ${id}`;

/** Without the token, which is another one with each claim. */
function jobText(job: { readonly token: unknown }): unknown {
  return { ...job, token: undefined };
}

function textOf(answer: unknown, later: number): string {
  const text = JSON.stringify(answer, (_, value: unknown) => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    return typeof value === 'number' && value >= later && value < later + 86_400_000 ? 'now' : value;
  });
  return text ?? 'nothing';
}

/** What was answered otherwise. `silent`: without a word that something is damaged. */
export interface Differences {
  readonly silent: readonly string[];
  readonly told: readonly string[];
}

export function differences(truth: View, is: View): Differences {
  const other = [...truth].filter(([question, answer]) => (is.get(question) ?? 'nothing') !== answer).map(([question]) => question);
  const saying = other.filter((question) => isTold(is.get(question)));
  // What is parked for its damage is not handed out, and counts elsewhere: the lists differ by what the rows themselves tell.
  const isExplained = (question: string): boolean => saying.length > 0 && !/^(?:show|find) /.test(question);
  return { told: saying, silent: other.filter((question) => !saying.includes(question) && !isExplained(question)) };
}

function isTold(answer: string | undefined): boolean {
  return answer === told || damageCodes.some((code) => answer?.includes(code));
}
