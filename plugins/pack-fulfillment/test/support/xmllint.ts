import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hasVehicle } from '@waybill/testing';

export function hasXmllint(): boolean {
  const isThere = () => spawnSync('xmllint', ['--version']).error === undefined;
  return hasVehicle('xmllint', isThere, 'no composed document was held against its DTD');
}

/** What xmllint finds wrong with a document: well-formedness, and validity where there is a DTD in the fixtures. */
export function complaintsOf(document: string): string {
  const [, dtd] = /<!DOCTYPE \S+ SYSTEM "([^"]+)">/.exec(document) ?? [];
  const path = dtd === undefined ? undefined : fileURLToPath(new URL(`../fixtures/${dtd}`, import.meta.url));
  if (path !== undefined && !existsSync(path)) return `there is no fixture ${dtd}`;
  const options = ['--noout', '--nonet', ...(path === undefined ? [] : ['--dtdvalid', path]), '-'];
  const { status, stderr } = spawnSync('xmllint', options, { input: document });
  return status === 0 ? '' : stderr.toString();
}
