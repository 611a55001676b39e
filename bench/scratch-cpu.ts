import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const names = process.argv.slice(2);
function threads(pid: number) {
  return readdirSync(`/proc/${pid}/task`).map((t) => {
    const s = readFileSync(`/proc/${pid}/task/${t}/stat`, 'utf8');
    const f = s.slice(s.lastIndexOf(')') + 2).split(' ');
    return { t, name: s.slice(s.indexOf('(') + 1, s.lastIndexOf(')')), cpu: (Number(f[11]) + Number(f[12])) * 10 };
  });
}
for (const name of names) {
  const server = fork(`./src/http/${name}-server.ts`, [], { stdio: 'inherit' });
  const url = (await new Promise<{ url: string }>((r) => server.once('message', (m) => r(m as never)))).url;
  const load = fork('./src/http/load.ts', [], { stdio: 'inherit' });
  const go = (order: object) =>
    new Promise<{ rate: number }>((r) => {
      load.once('message', (m) => r(m as never));
      load.send({ url, connections: 128, ...order });
    });
  await go({ duration: 3000 });
  const before = threads(server.pid!),
    lb = threads(load.pid!).reduce((a, b) => a + b.cpu, 0);
  const { rate } = await go({ duration: 5000 });
  const after = threads(server.pid!),
    la = threads(load.pid!).reduce((a, b) => a + b.cpu, 0);
  const n = rate * 5;
  console.log(
    name,
    Math.round(rate),
    'load µs/req',
    (((la - lb) * 1000) / n).toFixed(1),
    after
      .map((x) => [x.name, (((x.cpu - (before.find((y) => y.t === x.t)?.cpu ?? 0)) * 1000) / n).toFixed(1)])
      .filter(([, c]) => Number(c) > 0.5)
      .map((x) => x.join(' '))
      .join('; '),
  );
  server.disconnect();
  load.disconnect();
  load.kill();
}
