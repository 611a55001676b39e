import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@waybill/testing';
import { runWell } from '../house/commands.ts';
import type { Registry } from './registry.ts';

/** A folder of somebody who has copied the files of `from` and installs our packages from `registry`. */
export async function somebody(from: string, registry: Registry): Promise<string> {
  const folder = await makeFolder();
  await cp(from, folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'somebody', version: '1.0.0', private: true, type: 'module' }));
  // Everybody else's packages come from wherever npm gets them on this machine.
  await writeFile(join(folder, '.npmrc'), `@waybill:registry=${registry.url}\n`);
  return folder;
}

/** `npm install …` in a folder, with nothing that makes npm overlook a conflict. Throws an error that holds what npm says. */
export function install(folder: string, ...wanted: readonly string[]): Promise<string> {
  return npm(folder, 'install', ...wanted);
}

/** `npm update` in a folder: everything to the newest that the ranges of its package.json allow. */
export function update(folder: string): Promise<string> {
  return npm(folder, 'update');
}

function npm(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  return runWell('npm', [command, '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...args], { cwd });
}

/** What is installed in a folder, nested packages included, as `name@version`. */
export async function installedIn(folder: string): Promise<readonly string[]> {
  const tree = await runWell('npm', ['ls', '--all', '--parseable', '--long'], { cwd: folder });
  const lines = tree.trim().split('\n').slice(1);
  return lines.map((line) => /:((?:@[^@:]+|[^@:]+)@[^:]+)/.exec(line)?.[1] ?? line);
}
