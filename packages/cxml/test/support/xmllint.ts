import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasVehicle, temporaryFolder } from '@waybill/testing';
import { documents } from '../../src/index.ts';

export function hasXmllint(): boolean {
  return hasVehicle('xmllint', () => spawnSync('xmllint', ['--version']).error === undefined, 'no written document was held against a DTD');
}

let isTold = false;

/**
 * The published DTD of a module, out of the folder that WAYBILL_CXML_DTD names. Nobody may ship a copy, so nobody's CI has to have one: without the folder, that is
 * printed once, and nothing is held against it. Throws where the folder does not have it.
 */
export function publishedDtd(module: string): string | undefined {
  const folder = process.env['WAYBILL_CXML_DTD'];
  if (folder !== undefined) {
    const file = join(folder, `${module}.dtd`);
    if (existsSync(file)) return file;
    throw new Error(`WAYBILL_CXML_DTD names ${folder}, which has no ${module}.dtd.`);
  }
  if (!isTold)
    process.stderr.write(
      'NOT CHECKED: documents were held against our own DTD alone; WAYBILL_CXML_DTD names a folder with the published ones.\n',
    );
  isTold = true;
  return undefined;
}

/** The DTD that our own declaration of a type prints, as a file. */
export async function ownDtd(type: string): Promise<string> {
  const grammar = await documents.find((each) => each.type === type)?.grammar();
  if (grammar === undefined) throw new TypeError(`There is no document ${type}.`);
  const file = join(await temporaryFolder(), `${type}.dtd`);
  writeFileSync(file, grammar.text);
  return file;
}

/** What xmllint finds wrong with a document. Its DOCTYPE is left out, since nothing is fetched. */
export function faultsOf(document: string, dtd: string): string {
  const bare = document.replace(/<!DOCTYPE[^>]*>/, '');
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--dtdvalid', dtd, '-'], { input: bare });
  return status === 0 ? '' : stderr.toString();
}
