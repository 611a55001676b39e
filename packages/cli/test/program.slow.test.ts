import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../test/house/commands.ts';
import { bin, folderWith, guides, root, waybill } from './waybill.ts';

const named = { type: 'module', bin: { waybill: './bin/waybill.js' } };

describe('the program', () => {
  it('explains itself', async () => {
    const { code, stdout, stderr } = await waybill(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('golden/help.txt');
  });

  it.each(['check', 'run', 'decode', 'encode', 'docs', 'explain', 'sample', 'types', 'schema', 'cards'])('explains %s', async (command) => {
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
    const folder = await folderWith({ 'package.json': { ...named, engines: { node: '>=22' } } });
    await mkdir(join(folder, 'bin'));
    await copyFile(bin, join(folder, 'bin', 'waybill.js'));
    const { code, stderr } = await run(process.execPath, [join(folder, 'bin', 'waybill.js'), '--help']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('npm run build') as unknown });
  });
});

describe('a manifest that is not there', () => {
  it.each([
    'check none.json',
    'check none.json --connect',
    'plan none.json',
    'run none.json',
    'crashtest none.json',
    'status none.json',
    'journal check none.json',
    'messages list --manifest none.json',
    'messages replay --all --manifest none.json',
    'pause orders --manifest none.json',
    'docs --manifest none.json',
    'schema --manifest none.json',
  ])('is a wrong command line: waybill %s', async (line) => {
    const { code, stdout, stderr } = await waybill(line.split(' '), { cwd: await folderWith({}) });
    expect(stdout + stderr).toContain('The manifest none.json cannot be read: there is no such file.');
    expect(code).toBe(2);
  });
});

describe('the Node that the program runs on', () => {
  const program = async (node: string) => {
    const folder = await folderWith({
      'package.json': { ...named, engines: { node } },
      'dist/main.js': `process.stdout.write('ran');`,
    });
    await mkdir(join(folder, 'bin'));
    await copyFile(bin, join(folder, 'bin', 'waybill.js'));
    return { folder, run: (env: object = {}) => run(process.execPath, [join(folder, 'bin', 'waybill.js')], { env }) };
  };
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

  it.each([`>=${major}.${minor}`, `>=${major - 1}.99.1`, `^${major}`, `^${major - 2}.1 || >=${major}.0.0`])(
    'is good enough in %s',
    async (range) => {
      expect(await (await program(range)).run()).toEqual({ code: 0, stdout: 'ran', stderr: '' });
    },
  );

  it.each([`>=${major}.${minor + 1}`, `>=${major + 1}`, `^${major - 1}.0`, `^${major}.${minor + 1} || ^${major + 2}`])(
    'is told what is needed, in one line: %s',
    async (range) => {
      const ended = await (await program(range)).run();
      const said = `waybill needs Node ${range}, and this is Node ${process.versions.node}.\n`;
      expect(ended).toEqual({ code: 1, stdout: '', stderr: said });
    },
  );

  it('keeps what it compiled in a folder of the user, not among the temporary files of everybody', async () => {
    const { folder, run: start } = await program('>=20');
    const places = {
      HOME: join(folder, 'home'),
      XDG_CACHE_HOME: undefined,
      LOCALAPPDATA: undefined,
      NODE_COMPILE_CACHE: undefined,
      TMPDIR: folder,
    };
    expect((await start(places)).stdout).toBe('ran');
    expect(existsSync(join(folder, 'home', '.cache', 'waybill', 'compiled'))).toBe(true);
    expect(existsSync(join(folder, 'node-compile-cache'))).toBe(false);
  });
});

describe('what the program writes', () => {
  it('is whole when it goes to another program', async () => {
    const { stdout } = await run('sh', ['-c', '"$0" "$1" schema | wc -c', process.execPath, bin]);
    expect(Number(stdout)).toBe(Buffer.byteLength((await waybill(['schema'])).stdout));
  });

  it('may be left unread', async () => {
    const script = '{ "$0" "$1" schema; echo $? >&2; } | head -c 1';
    expect(await run('sh', ['-c', script, process.execPath, bin])).toEqual({ code: 0, stdout: '{', stderr: '0\n' });
  });

  it.runIf(existsSync('/dev/full'))('ends with 1 when it cannot be written', async () => {
    expect(await run('sh', ['-c', '"$0" "$1" schema >/dev/full', process.execPath, bin])).toMatchObject({ code: 1 });
  });
});

describe('an option that may be repeated', () => {
  it('does not take the arguments behind it', async () => {
    const cwd = await folderWith({ 'a.xml': '<Return_Notice version="1.0"/>' });
    const { stderr } = await waybill(['decode', '--plugin', join(guides, 'pack-returns'), 'a.xml'], { cwd });
    expect(stderr).toMatch(/^WB_XML_/);
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
    ['an empty object', {}, 'its "kind" is none of'],
    ['nothing', null, 'its "kind" is none of'],
    ['a transport without settings', { kind: 'transport', name: 'x', contract: 1, summary: 's' }, 'needs "connection"'],
    ['of another contract', { kind: 'journal', name: 'x', contract: 99, summary: 's', settings: {} }, 'contract'],
  ])('is told what is wrong with a card that is %s', async (_what, card, why) => {
    const cwd = await folderWith({ 'mine/waybill.plugin.json': JSON.stringify(card) });
    for (const command of ['docs', 'schema', 'cards']) {
      const { code, stdout, stderr } = await waybill([command, '--plugin', './mine'], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('WB_CLI_NO_PLUGIN  The card of ./mine is not valid: ');
      expect(stderr).toContain(why);
      expect(stderr).toMatch(/^ {2}hint {2}Write the card anew/m);
    }
  });

  it('is told where a manifest is not well-formed, from which plugins are taken', async () => {
    const cwd = await folderWith({ 'waybill.json': '{ "plugins": [' });
    const { code, stderr } = await waybill(['docs'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/WB_MANIFEST_SYNTAX[\s\S]+waybill\.json:1:1/) as string });
  });

  it('is not told to install what is misspelt', async () => {
    const { stderr } = await waybill(['docs', '--plugin', '@waybill/transport-flie']);
    expect(stderr).toContain('Did you mean "@waybill/transport-file"?');
    expect(stderr).not.toContain('npm install @waybill/transport-flie');
  });

  it.each([
    ['an unknown command', ['chekc']],
    ['an unknown option', ['check', '--conect']],
    ['a missing argument', ['decode']],
    ['one argument too many', ['docs', 'everything']],
    ['a plugin that is not installed', ['docs', '--plugin', '@waybill/transport-pigeon']],
    ['a file that does not exist', ['decode', 'no-such-file.xml']],
    ['no message pack', ['decode', '--plugin', '@waybill/transport-file', '--', 'no-such-file.xml']],
    ['a manifest that cannot be read', ['docs', '--manifest', 'no-such-manifest.json']],
  ])('is told what to do instead: %s', async (_what, args) => {
    expect((await waybill(args)).stderr).toMatch(/^ {2}hint {2}\S.*[.`]$/m);
  });
});

describe('a wrong command line', () => {
  it.each([
    ['messages show', 'waybill messages show <id> is how it is called; waybill messages show --help lists its options.'],
    ['journal salvage', 'waybill journal salvage [manifest] is how it is called; waybill journal salvage --help lists its options.'],
    ['run a b', 'waybill run [manifest] is how it is called; waybill run --help lists its options.'],
    ['messages lst', 'waybill messages --help lists its commands.'],
    ['journal chek', 'waybill journal --help lists its commands.'],
    ['chek', 'waybill --help lists the commands.'],
  ])('is told how it is right: waybill %s', async (line, hint) => {
    const { code, stderr } = await waybill(line.split(' '));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^error: [^]+\n {2}hint {2}[^]+$/) as unknown });
    expect(stderr).toContain(`\n  hint  ${hint}\n`);
  });

  it('of a crash test is told before anything else', async () => {
    const { code, stdout, stderr } = await waybill(['crashtest', join(guides, 'crashes', 'right.json'), '--awaits', '-3']);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('WB_CLI_BAD_OPTION') as unknown });
  });
});

describe('a folder in which no plugin is installed', () => {
  it.each(['docs', 'cards'])('is told by waybill %s', async (command) => {
    const cwd = await folderWith({});
    const { code, stdout, stderr } = await waybill([command], { cwd });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining(`node_modules of ${cwd} `) as unknown,
    });
  });
});

describe('a file that cannot be written', () => {
  it('is told as such', async () => {
    const { code, stderr } = await waybill(['schema', '--out', join(await folderWith({}), 'gone', 'schema.json')]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/cannot be written\.[^]+ {2}hint {2}[^-]+$/) as unknown });
  });
});

describe('what is not written to a terminal', () => {
  it('has no colours', async () => {
    const { stderr } = await waybill(['decode', 'no-such-file.xml'], { env: { NO_COLOR: undefined, TERM: 'xterm-256color' } });
    expect(stderr).toMatch(/^WB_CLI_NO_FILE {2}/);
  });

  it('has them where they are asked for, for problems as for errors', async () => {
    const cwd = await folderWith({ 'waybill.json': { nmae: 'x' } });
    const { stdout } = await waybill(['check'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: undefined } });
    expect(stdout).toContain('\u001b[31mWB_MANIFEST_UNKNOWN_KEY\u001b[39m  "nmae"');
  });
});
