import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { By, JournalRow, Message, RowKey } from '@waybill/contract';
import { type ActOptions, byOf, confirmed } from '../desk/confirm.ts';
import { type DeskOptions, type OpenDesk, withDesk } from '../desk/open-desk.ts';
import { counted, rowTable } from '../desk/table.ts';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { readBytes } from '../files.ts';
import { json, type Terminal } from '../terminal.ts';
import { parkedOnes } from './choose.ts';
import { type Place, rowNamed } from './find-row.ts';

export interface EditOptions extends DeskOptions, ActOptions, Place {
  /** The file with the new body. Default: an editor is opened on the present one. */
  readonly body?: string | undefined;
}

/** `waybill messages edit`: gives a parked message another body; the one that came is kept as its original. */
export function edit(id: string, options: EditOptions, terminal: Terminal): Promise<ExitCode> {
  const by = byOf(options);
  return withDesk(options, async (open) => {
    const row = await rowNamed(open.desk, id, options);
    if (!parkedOnes.fits(row)) throw errors.WB_CLI_WRONG_STATE(`The message ${id} is ${row.state}, not parked.`);
    const { before, after } = await newBody(open, row, by, options);
    if (Buffer.compare(before, after) === 0) {
      terminal.err('The body is the same. Nothing was changed.');
      return exitCode.done;
    }
    const plan = `Give this message a body of ${counted(after.byteLength, 'byte')} instead of ${before.byteLength}:\n${rowTable([row])}`;
    if (!(await confirmed(plan, by, options, terminal))) return exitCode.failed;
    const key = keyOf(row);
    // An editor may be open for long: what somebody else has written meanwhile is not overwritten unseen.
    const now = (await open.desk.show(key))?.message?.body;
    if (now && Buffer.compare(before, now) !== 0) throw errors.WB_CLI_WRONG_STATE(`Somebody else has edited the message ${id} meanwhile.`);
    if (!(await open.desk.edit(key, after, by))) throw errors.WB_CLI_WRONG_STATE(`The message ${id} is no longer parked.`);
    if (options.json) terminal.out(json({ did: 'edit', by, keys: [key], bytes: after.byteLength }));
    else terminal.out(`Edited. The body that came is kept; the message stays parked until \`waybill messages replay ${id}\`.`);
    return exitCode.done;
  });
}

function keyOf({ direction, entry, id }: JournalRow): RowKey {
  return { direction, entry, id };
}

interface Bodies {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

async function newBody({ desk }: OpenDesk, row: JournalRow, by: By, { body: file }: EditOptions): Promise<Bodies> {
  // Whoever edits in an editor sees all of it.
  const shown = file === undefined ? await desk.reveal(keyOf(row), by) : await desk.show(keyOf(row));
  const message = shown?.message;
  if (message === undefined) throw errors.WB_CLI_NO_BODY(`The journal has no body of ${row.id}.`);
  return { before: message.body, after: file === undefined ? edited(message) : readBytes(file) };
}

/** What the person makes of the body, in a file that only this user can read. */
function edited({ body, contentType }: Message): Uint8Array {
  const editor = process.env['VISUAL'] || process.env['EDITOR'];
  if (!editor) throw errors.WB_CLI_NO_EDITOR('Neither VISUAL nor EDITOR is set.');
  const folder = mkdtempSync(join(tmpdir(), 'waybill-edit-'));
  try {
    const file = join(folder, `body${endingOf(contentType)}`);
    writeFileSync(file, body, { mode: 0o600 });
    // A shell, since people write `code --wait` there. The path is our own and holds nothing that a shell would read.
    const { status, error } = spawnSync(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
    if (status !== 0) throw errors.WB_CLI_NO_EDITOR(`${editor} ended with ${status ?? 'a signal'}.`, { cause: error });
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function endingOf(contentType = ''): string {
  return ['xml', 'json'].find((word) => contentType.includes(word))?.replace(/^/, '.') ?? '.txt';
}
