import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isHere } from './checks/rig.ts';

/** Asks in a process of its own, whose environment names a compiler that is not there. */
function askWithoutCompiler(required: string) {
  const module = pathToFileURL(join(import.meta.dirname, 'library.ts')).href;
  const code = `import { hasStandIn } from '${module}'; console.log('answer:', hasStandIn('the transport was not run'));`;
  const env = { ...process.env, CXX: 'no-such-compiler', WAYBILL_REQUIRE_VEHICLES: required };
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8', env });
}

describe.runIf(isHere)('a machine without a compiler', () => {
  it('is told loudly what is not checked on it, and how that would be', () => {
    const { stdout, status } = askWithoutCompiler('0');
    expect(stdout).toMatch(/^NOT CHECKED: a C\+\+ compiler .*apt-get install g\+\+.* so the transport was not run\.\nanswer: false\n$/);
    expect(status).toBe(0);
  });

  it('fails where everything has to be checked', () => {
    const { stdout, stderr, status } = askWithoutCompiler('1');
    expect(stderr).toContain('NOT CHECKED: a C++ compiler');
    expect([stdout, status]).toEqual(['', 1]);
  });
});
