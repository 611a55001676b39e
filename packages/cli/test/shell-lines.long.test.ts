import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Ended, run } from '../../../test/house/commands.ts';
import { Stage as Desk, finish, legOf, park } from './desk/stage.ts';
import { guides, root } from './waybill.ts';

/** A folder as readers of a page have it, with what its lines name. */
type Stage = (folder: string) => Promise<void>;

const withoutModules = { recursive: true, filter: (name: string) => !name.includes('node_modules') };

const firstSteps: Stage = (folder) => cp(join(guides, 'first-steps'), folder, withoutModules);

const stages: Readonly<Record<string, Stage>> = {
  'README.md': firstSteps,
  'packages/cli/README.md': firstSteps,
  'docs/manifest.md': async (folder) => {
    await firstSteps(folder);
    const text = await readFile(join(folder, 'waybill.json'), 'utf8');
    await writeFile(join(folder, 'waybill.next.json'), text.replace('status-*.xml', '*.xml'));
  },
  'docs/operating.md': async (folder) => {
    const desk = await Desk.make();
    await desk.journal(async (journal) => {
      const mail = legOf('order.created--12007--Shipped@1.0--mail', { entry: 'mail', type: 'Shipped@1.0' });
      await finish(journal, 'file-6fe547bb317cc93dfe43', [legOf('01a21a19-c756-7000-bd99-75f53c19b51c'), mail]);
      await park(journal, 'file-4154', { failure: { code: 'APP_CLOSED' }, facts: { businessKeys: { order: '12007' } } });
      await journal.replays.begin({ request: 'before', by: { who: 'anna' }, of: { keys: [] } });
      await journal.control.pause({ direction: 'in', entry: 'returns' }, { who: 'anna' });
    });
    await cp(desk.folder, folder, { recursive: true });
  },
  'docs/notifications.md': async (folder) => {
    await cp(join(guides, 'notifications'), folder, withoutModules);
    await cp(join(folder, 'notices', 'templates', 'parcel-sent.sample.json'), join(folder, 'data.json'));
  },
  'docs/simulate.md': (folder) => cp(join(guides, 'simulate'), folder, withoutModules),
  'docs/writing-a-pack.md': async (folder) => {
    await cp(join(guides, 'pack-returns'), folder, withoutModules);
    const notice = '<Return_Notice version="1.0"><OrderNumber>10042</OrderNumber><Item sku="LAMP-3" quantity="2"/></Return_Notice>';
    await writeFile(join(folder, 'notice.xml'), notice);
    await writeFile(join(folder, 'approval.json'), JSON.stringify({ number: 'R-7', amount: '39.80', currency: 'EUR' }));
    await writeFile(join(folder, 'output.json'), JSON.stringify({ number: 'R-7' }));
  },
  'docs/writing-a-transport.md': async (folder) => {
    for (const place of ['.', 'plugins/transport-tcp']) {
      await mkdir(join(folder, place), { recursive: true });
      await cp(join(guides, 'transport-tcp'), join(folder, place), withoutModules);
    }
  },
};

/** The lines of a page that run the program: in blocks for a shell, and within sentences. */
function linesOf(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = [...text.matchAll(/```(?:sh|console)\n([\s\S]*?)```/g)].map(([, block = '']) => block).join('\n');
  const lines = [...blocks.matchAll(/^(?:\$ )?((?:npx )?waybill .+)$/gm)].map(([, line = '']) => line);
  const sentences = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`(npx waybill [^`]+)`/g)].map(([, line = '']) => line);
  return [...lines, ...sentences].map((line) => line.replace(/\s+#.*$/, ''));
}

const env = {
  PATH: [dirname(process.execPath), join('node_modules', '.bin'), process.env['PATH']].join(delimiter),
  npm_config_update_notifier: 'false',
  npm_config_offline: 'true',
};

async function staged(page: string): Promise<string> {
  const folder = await temporaryFolder();
  await stages[page]?.(folder);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** What the line does; one that goes on until it is told to stop is told so when it runs. */
async function done(line: string, cwd: string): Promise<Ended> {
  if (!/ (?:run|simulate)\b(?!.*--count)/.test(line)) return run('sh', ['-c', line], { cwd, env });
  const child = spawn('sh', ['-c', line], { cwd, env: { ...process.env, ...env }, stdio: 'pipe', detached: true });
  const group = -(child.pid ?? Number.NaN);
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(group, 'SIGKILL');
  });
  return new Promise((resolve) => {
    let written = '';
    let isRunning = false;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        written += text;
        if (isRunning || !/"running"|Ctrl-C ends it/.test(written)) return;
        isRunning = true;
        process.kill(group, 'SIGTERM');
      });
    child.on('close', () => resolve({ code: isRunning ? 0 : 1, stdout: written, stderr: isRunning ? '' : written }));
  });
}

describe.each(Object.keys(stages))('the lines for a shell on %s', (page) => {
  it.each(linesOf(page))('do what they say: %s', async (line) => {
    const cwd = await staged(page);
    const { code, stdout, stderr } = await done(line, cwd);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, file] = /--out (\S+)/.exec(line) ?? [];
    expect(file === undefined ? stdout !== '' : existsSync(join(cwd, file))).toBe(true);
  });

  it('are there', () => {
    expect(linesOf(page).length).toBeGreaterThan(0);
  });
});

describe('a page that gives lines to a shell', () => {
  it('is named by a test that runs them', () => {
    const tests = globSync('packages/cli/test/**/*.test.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
    const pages = [
      'README.md',
      ...globSync('docs/*.md', { cwd: root }),
      ...globSync('{packages,plugins,examples}/*/README.md', { cwd: root }),
    ];
    const untested = pages.filter((page) => linesOf(page).length > 0 && !tests.some((text) => text.includes(page)));
    expect(untested).toEqual([]);
  });
});
