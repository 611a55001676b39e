import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../test/house/commands.ts';
import { bin, folderWith, root, waybill } from './waybill.ts';

describe('the program', () => {
  it('explains itself', async () => {
    const { code, stdout, stderr } = await waybill(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('golden/help.txt');
  });

  it.each(['check', 'run', 'decode', 'encode', 'docs', 'cards'])('explains %s', async (command) => {
    const { code, stdout } = await waybill([command, '--help']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`Usage: waybill ${command}`) as unknown });
  });

  it('tells its version', async () => {
    expect(await waybill(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown });
  });

  it('is linked at the root of the repository', async () => {
    const linked = await run(join(root, 'node_modules', '.bin', 'waybill'), ['--version']);
    expect(linked).toMatchObject({ code: 0, stderr: '' });
  });

  it('says what to do when it is not built yet', async () => {
    const folder = await folderWith({ 'package.json': { type: 'module' } });
    await mkdir(join(folder, 'bin'));
    await copyFile(bin, join(folder, 'bin', 'waybill.js'));
    const { code, stderr } = await run(process.execPath, [join(folder, 'bin', 'waybill.js'), '--help']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('npm run build') as unknown });
  });
});

describe('a command line that makes no sense', () => {
  it.each([
    ['an unknown command', ['chekc'], "unknown command 'chekc'"],
    ['an unknown option', ['check', '--conect'], "unknown option '--conect'"],
    ['a missing argument', ['decode'], "missing required argument 'file'"],
    ['one argument too many', ['docs', 'everything'], 'too many arguments'],
    ['a plugin that is not installed', ['docs', '--plugin', '@waybill/transport-pigeon'], 'WB_CLI_NO_PLUGIN'],
    ['a folder that does not exist', ['docs', '--plugin', './no-such-folder'], 'WB_CLI_NO_PLUGIN'],
    ['a file that does not exist', ['decode', 'no-such-file.xml'], 'WB_CLI_NO_FILE'],
  ])('ends with 2 and says why: %s', async (_what, args, why) => {
    const { code, stdout, stderr } = await waybill(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(why);
  });

  it.each([
    ['a plugin that is not installed', ['docs', '--plugin', '@waybill/transport-pigeon']],
    ['a file that does not exist', ['decode', 'no-such-file.xml']],
    ['no message pack', ['decode', '--plugin', '@waybill/transport-file', '--', 'no-such-file.xml']],
    ['a manifest that cannot be read', ['docs', '--manifest', 'no-such-manifest.json']],
  ])('is told what to do instead: %s', async (_what, args) => {
    expect((await waybill(args)).stderr).toMatch(/^ {2}hint {2}\S.*[.`]$/m);
  });
});

describe('what is not written to a terminal', () => {
  it('has no colours', async () => {
    const { stderr } = await waybill(['decode', 'no-such-file.xml'], { env: { NO_COLOR: undefined, TERM: 'xterm-256color' } });
    expect(stderr).toMatch(/^WB_CLI_NO_FILE {2}/);
  });
});
