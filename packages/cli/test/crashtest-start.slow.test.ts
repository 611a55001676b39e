import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, guides, root, waybill } from './waybill.ts';

/** A folder with a manifest that names this application, and with a message. */
async function folderOf(app: string): Promise<string> {
  const own = JSON.parse(readFileSync(join(guides, 'crashes', 'right.json'), 'utf8')) as object;
  const message = readFileSync(join(guides, 'crashes', 'status-1.xml'), 'utf8');
  const cwd = await folderWith({ 'waybill.json': { ...own, app: './app.mjs' }, 'app.mjs': app, 'status-1.xml': message });
  await symlink(join(root, 'node_modules'), join(cwd, 'node_modules'));
  return cwd;
}

const application = (members: string): string =>
  `import { defineApplication } from '@waybill/contract/application';\nexport default defineApplication({ handlers: [], ${members} });`;

const fail = `() => { throw new Error('no database'); }`;
const crashtest = ['crashtest', '--message', 'status-1.xml'];

describe('a crash test with an application that does not start', () => {
  it.each([
    ['that is no JavaScript', 'export default {\n  handlers: [;\n};', 'app.mjs:2:14\n  why   Unexpected token'],
    ['that throws while it is imported', `throw new Error('no database');`, 'app.mjs\n  why   no database\n  hint  '],
    ['that imports what is not there', `import './gone.mjs';`, 'app.mjs\n  why   Cannot find module'],
    ['that exports nothing', '', 'app.mjs\n  hint  Default-export what defineApplication returns.'],
    ['that exports something else', 'export default { handlers: [] };', 'app.mjs\n  hint  Default-export what defineApplication returns.'],
    [
      'whose start fails',
      application(`started: ${fail}`),
      'WB_APP_FAILED  Starting the application failed.\n  why   no database\n  hint  ',
    ],
  ])('says what `waybill run` says: %s', async (_which, app, text) => {
    const cwd = await folderOf(app);
    const [tried, run] = [await waybill(crashtest, { cwd }), await waybill(['run'], { cwd })];
    expect(run.stderr).toContain(text);
    // The process that was tried has logged what became of the message.
    const told = tried.stderr.split('\n').filter((line) => !line.startsWith('{'));
    expect({ code: tried.code, told: told.join('\n') }).toEqual({ code: 1, told: run.stderr });
  });

  it('says it as JSON, too', async () => {
    const { code, stdout } = await waybill([...crashtest, '--json'], { cwd: await folderOf('export default {\n  handlers: [;\n};') });
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
      code: 1,
      error: {
        code: 'WB_APP_LOAD',
        at: expect.stringMatching(/app\.mjs:2:14$/) as unknown,
        cause: expect.stringContaining('Unexpected') as unknown,
      },
    });
  });

  it('says how the process ended that said nothing, and that it had no message yet', async () => {
    const { code, stderr } = await waybill(crashtest, { cwd: await folderOf('process.exit(3);') });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('ended by itself 10 times before it had status-1.xml, the last time with exit code 3.') as unknown,
    });
  });
});
