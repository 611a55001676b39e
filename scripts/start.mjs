// `npm start [-- --once]`: from a fresh clone to the order flow on the screen.
import { prepare } from './install.mjs';
import { node, run, summary } from './steps.mjs';

// In a process group of its own: a Ctrl-C then reaches the example once, from here, and it can drain.
const example = (args) => run(node, ['examples/order-flow/dist/main.js', ...args], { detached: true });

process.exitCode = (await prepare()) ? await example(process.argv.slice(2)) : summary();
