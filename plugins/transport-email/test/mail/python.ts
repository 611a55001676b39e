import { spawnSync } from 'node:child_process';
import { hasVehicle } from '@waybill/testing';

/** Modules of Debian belong to the second one, where a machine has another one before it. */
const interpreters = ['python3', '/usr/bin/python3'] as const;

/** A Python that has the modules that are named; undefined, with its reason printed, where there is none. */
export function findPython(modules: readonly string[], unchecked: string): string | undefined {
  const program = modules.map((each) => `import ${each}`).join('\n');
  const found = interpreters.find((each) => spawnSync(each, ['-c', program]).status === 0);
  return hasVehicle(`python3 with ${modules.join(', ')}`, () => found !== undefined, unchecked) ? found : undefined;
}

/** Runs a program in Python: JSON in, JSON out. */
export function python(interpreter: string | undefined, program: string, input: unknown): unknown {
  const options = { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  const { status, stdout, stderr } = spawnSync(interpreter ?? '', ['-c', program], options);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
