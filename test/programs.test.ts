import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { programs } from '../scripts/generate/programs.ts';
import { root } from '../scripts/generate/workspace.ts';
import { Program } from './house/commands.ts';

describe.each(programs)('%s', (file) => {
  // The first process of a container is not ended by a signal that nobody listens to.
  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is ended by %s also before it listens to it', async (signal, code) => {
    const folder = await temporaryFolder();
    await Promise.all(['bin', 'dist'].map((name) => mkdir(join(folder, name))));
    await copyFile(join(root, file), join(folder, 'bin', 'program.js'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', bin: { it: '' }, engines: { node: '>=22' } }));
    await writeFile(join(folder, 'dist', 'main.js'), `console.log('begun'); setInterval(() => undefined, 1_000);`);
    const program = new Program(process.execPath, [join(folder, 'bin', 'program.js')], { cwd: folder });
    onTestFinished(() => program.kill());
    await program.line('begun');
    program.signal(signal);
    expect(await program.end()).toBe(code);
  });
});
