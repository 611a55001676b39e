import { cp, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, inject, it } from 'vitest';
import { root } from '../../scripts/generate/workspace.ts';
import { run, runWell } from '../house/commands.ts';
import { takeFirstSteps } from './first-steps.ts';

/** How to install without npm; npm itself installs the first steps for all other tests. */
const pnpm = ['-y', 'pnpm@12.21.0'];
const yarn1 = ['-y', 'yarn@1.22.22'];
const yarn4 = ['-y', '-p', '@yarnpkg/cli-dist@4.18.1', 'yarn'];
/** Installers look for the Node that they are to install for. */
const env = { PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` };

/** The first steps, with what installers read to find our packages; they get everybody else’s from where npm does. */
async function project(more: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  await cp(join(root, 'test', 'guides', 'first-steps'), folder, { recursive: true });
  const dependencies = Object.fromEntries(inject('wanted').map((name) => [name, '^1.0.0']));
  const packageJson = JSON.stringify({ name: 'somebody', version: '1.0.0', private: true, type: 'module', dependencies });
  const files = { 'package.json': packageJson, '.npmrc': `@waybill:registry=${inject('registry')}\n`, ...more };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** Settings of Yarn 4, which reads nothing of npm’s. */
async function yarnSettings(linker: string): Promise<string> {
  const others = (await runWell('npm', ['config', 'get', 'registry'])).trim();
  const settings = {
    nodeLinker: linker,
    npmRegistryServer: others,
    npmScopes: { waybill: { npmRegistryServer: inject('registry').replace(/\/$/, '') } },
    unsafeHttpWhitelist: ['*'],
    enableGlobalCache: false,
    enableTelemetry: false,
    // Our packages were published a moment ago, which Yarn distrusts.
    npmPreapprovedPackages: ['@waybill/*'],
  };
  return JSON.stringify(settings);
}

async function install(folder: string, program: readonly string[], ...args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await run('npx', [...program, 'install', ...args], { cwd: folder, env });
  expect(code, `${stdout}${stderr}`).toBe(0);
}

describe('the first steps are taken after an install', () => {
  it('by pnpm, which lets a package see nothing that it does not declare', async () => {
    const folder = await project({ 'pnpm-workspace.yaml': 'nodeLinker: isolated\nhoist: false\nminimumReleaseAge: 0\n' });
    await install(folder, pnpm, '--no-frozen-lockfile');
    expect(await takeFirstSteps(folder)).toBe(0);
  });

  it('by Yarn 1', async () => {
    const folder = await project({});
    await install(folder, yarn1, '--non-interactive', '--cache-folder', join(folder, '.yarn-cache'));
    expect(await takeFirstSteps(folder)).toBe(0);
  });

  it('by Yarn 4 with a folder of modules', async () => {
    const folder = await project({ '.yarnrc.yml': await yarnSettings('node-modules'), 'yarn.lock': '' });
    await install(folder, yarn4, '--no-immutable');
    expect(await takeFirstSteps(folder)).toBe(0);
  });
});

it('Plug’n’Play of Yarn is refused, with what to do', async () => {
  const folder = await project({ '.yarnrc.yml': await yarnSettings('pnp'), 'yarn.lock': '' });
  await install(folder, yarn4, '--no-immutable');
  const { code, stdout, stderr } = await run('npx', [...yarn4, 'waybill', 'check'], { cwd: folder, env });
  expect(code).toBe(1);
  expect(`${stdout}${stderr}`).toContain('nodeLinker: node-modules');
});
