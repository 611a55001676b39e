import { inMemoryRate } from './src/in-memory.ts';

const n = Number(process.argv[2] ?? 300000);
for (let i = 0; i < 3; i++) {
  const c = process.cpuUsage();
  const r = await inMemoryRate(n);
  const d = process.cpuUsage(c);
  console.log(Math.round(r) + '/s', 'cpu/msg us', ((d.user + d.system) / n).toFixed(2));
}
