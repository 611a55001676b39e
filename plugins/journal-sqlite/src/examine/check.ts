import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { CheckedJournal } from '@waybill/contract';
import { errorFor, lossesOf, openToRead } from '@waybill/sqlite/thread';
import { errors, meanings } from '../errors.ts';
import { journalFile, journalPromises } from '../worker/schema.ts';
import { defineSums } from '../worker/seals/sealed-tables.ts';
import { Findings } from './findings.ts';
import { checkForm } from './form.ts';
import { checkRelations } from './relations.ts';
import { checkSums } from './sums.ts';

const newest = journalFile.migrations.length + 1;

/**
 * Looks whether everything in the file is what was written: the pages (by SQLite), the checksums of all rows, what follows from what,
 * and the end of the log. All of it is seen at one moment, for which the log is kept, and nothing is written. Throws the error that tells why the file cannot be read.
 */
export function checkJournal(path: string): CheckedJournal {
  if (!existsSync(path)) throw errors.WB_JOURNAL_NOT_THERE('There is no journal yet.', { at: path });
  const { broken, lost } = lossesOf(path, journalFile, journalPromises);
  let database: DatabaseSync | undefined;
  try {
    database = openToRead(path);
    refuseOthers(database, path);
    defineSums(database);
    database.exec('BEGIN');
    const findings = new Findings(database);
    if (broken)
      findings.add(
        `The log of the file is broken at frame ${broken.frame}; ${broken.commitsBehind} commits that were recorded stand behind it, and would be left out.`,
      );
    if (lost) findings.add(`The last ${lost} commits that were recorded are missing: the end of the file, or of its log, is gone.`);
    return { place: path, messages: examine(database, findings), faults: findings.faults };
  } catch (error) {
    throw errorFor(error, meanings, path);
  } finally {
    database?.close();
  }
}

function refuseOthers(database: DatabaseSync, path: string): void {
  const number = (name: string) => Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
  if (number('application_id') !== journalFile.applicationId)
    throw errors.WB_JOURNAL_NOT_A_JOURNAL(`The file ${path} is no journal, or its header is damaged.`);
  const version = number('user_version');
  if (version > newest) throw errors.WB_JOURNAL_SCHEMA_NEWER(`A newer version has written the journal ${path}.`);
  if (version < 1) throw errors.WB_JOURNAL_DAMAGED(`The header of ${path} says version ${version}, which there never was.`);
  if (version < newest)
    throw errors.WB_JOURNAL_SCHEMA_OLDER(
      `The journal ${path} is of version ${version}, and what can be checked is one of version ${newest}.`,
    );
}

/** Answers how many messages there are. */
function examine(database: DatabaseSync, findings: Findings): number {
  let messages = 0;
  findings.tryTo('The pages of the file contradict themselves', () => {
    for (const { integrity_check: text } of database.prepare('PRAGMA integrity_check').iterate())
      if (text !== 'ok') findings.add(`The pages of the file contradict themselves: ${String(text)}.`);
  });
  checkForm(database, findings);
  checkSums(database, findings);
  checkRelations(database, findings);
  findings.tryTo('The messages can be counted', () => {
    messages = Number(database.prepare('SELECT count(*) AS n FROM message NOT INDEXED').get()?.['n']);
  });
  return messages;
}
