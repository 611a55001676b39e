import { AsyncResource, createHook, executionAsyncId } from 'node:async_hooks';

/**
 * Runs a function and calls `resumed` whenever something that it waited for has come back, before it goes on: at each `await`, in it
 * and in what it calls, and at each callback of a timer, a socket or a file that it began.
 */
export function watchAwaits<Result>(run: () => Result, resumed: () => void): Result {
  const own = new Set<number>();
  const promises = new Set<number>();
  const hook = createHook({
    init(id, type) {
      if (!own.has(executionAsyncId())) return;
      own.add(id);
      if (type === 'PROMISE') promises.add(id);
    },
    before(id) {
      if (promises.has(id)) resumed();
    },
  });
  const resource = new AsyncResource('waybill-handler');
  own.add(resource.asyncId());
  hook.enable();
  return resource.runInAsyncScope(run);
}
