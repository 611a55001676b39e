import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { QueueManager } from '../queue-manager.ts';
import type { Said } from './main.ts';
import type { ConnectOptions, Session } from './session.ts';

type Calls = {
  readonly [Name in keyof Session]: (...args: Parameters<Session[Name]>) => Promise<ReturnType<Session[Name]>>;
};

/** A call that did not succeed, or a program that has ended. */
export class ProgramFailure extends Error {
  /** MQRC_*; 0 when it was not the MQI that failed. */
  readonly reason: number;

  constructor(message: string, reason: number) {
    super(message);
    this.reason = reason;
  }
}

/** A process with one connection; its calls are those of a `Session`, each a promise. */
export interface Program extends Calls {
  readonly pid: number;
  /** Kills the process, as a crash does. */
  kill(): Promise<void>;
}

export function startProgram(env: QueueManager['env']): Program {
  const child = fork(join(import.meta.dirname, 'main.ts'), { env: { ...process.env, ...env }, serialization: 'advanced' });
  const waiting = new Map<number, (said: Said) => void>();
  let lastId = 0;
  child.on('message', (said: Said) => {
    waiting.get(said.id)?.(said);
    waiting.delete(said.id);
  });
  child.on('exit', () => {
    for (const [id, settle] of waiting) settle({ id, message: 'The program has ended.', reason: 0 });
  });
  const call = (name: string, args: readonly unknown[]) => {
    lastId += 1;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(lastId, (said) =>
      'value' in said ? answer.resolve(said.value) : answer.reject(new ProgramFailure(said.message, said.reason)),
    );
    const ended = { id: lastId, message: 'The program has ended.', reason: 0 };
    child.send({ id: lastId, name, args }, (error) => error && waiting.get(ended.id)?.(ended));
    // A test that lets a call fail does something else first, and looks at the failure afterwards.
    answer.promise.catch(() => undefined);
    return answer.promise;
  };
  const own = { pid: child.pid, kill: () => killed(child) };
  return new Proxy(own, {
    get: (target, name: string) => {
      // An `await` of the program itself looks for `then`.
      if (name === 'then') return undefined;
      return Reflect.get(target, name) ?? ((...args: readonly unknown[]) => call(name, args));
    },
  }) as unknown as Program;
}

/** A program that is connected. */
export async function connected(queueManager: QueueManager, options: ConnectOptions = {}): Promise<Program> {
  const program = startProgram(queueManager.env);
  await program.connect(queueManager.name, options);
  return program;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
