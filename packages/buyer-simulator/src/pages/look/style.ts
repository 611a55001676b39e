/** How the pages look: light or dark as the system is, in one column where it is narrow. */
export const style = `:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #16181d);
  --back: light-dark(#f2f5f5, #0f1115);
  --ink: light-dark(#1b2628, #e6ebeb);
  --soft: light-dark(#556466, #9aa8aa);
  --line: light-dark(#d9e0e0, #2a3133);
  --accent: light-dark(#0b625b, #6fd6cb);
  --chosen: light-dark(#dff3f0, #12332f);
  --hover: light-dark(#eef4f4, #1d2224);
  --warn: light-dark(#8a4b00, #ffc46b);
  --warn-back: light-dark(#fff3dc, #33270f);
  --bad: light-dark(#b3261e, #ff9c94);
  --bad-back: light-dark(#fdeceb, #3a1614);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.45 system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1 { margin: 0 0 .3rem; font-size: 1.35rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 0 0 .6rem; font-size: 1rem; }
p { margin: 0 0 .6rem; }
button, .button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .4rem .9rem; cursor: pointer; text-decoration: none; white-space: nowrap; display: inline-block; }
button:hover, .button:hover { background: var(--hover); border-color: var(--soft); }
button.main { color: light-dark(#ffffff, #06201d); background: var(--accent); border-color: var(--accent); font-weight: 600; }
button.quiet { color: var(--bad); }
input, select { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 8px; padding: .4rem .6rem; width: 100%; }
label { display: grid; gap: .2rem; color: var(--soft); font-size: .88rem; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1rem; padding: .7rem 1.2rem; background: var(--paper); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: .5rem; color: inherit; text-decoration: none; font-weight: 650; font-size: 1.05rem; }
.top .state { margin-left: auto; color: var(--soft); overflow-wrap: anywhere; }
main { width: min(82rem, 100% - 2rem); margin: 1rem auto; display: grid; gap: 1rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.2rem; min-width: 0; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .7rem 1rem; align-items: end; }
.fields .wide { grid-column: 1 / -1; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .8rem; }
.split { display: grid; gap: 1rem; }
@media (min-width: 62rem) { .split { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; } }
.hint { color: var(--soft); margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; font-size: .85rem; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.number input { width: 6rem; text-align: right; }
td.what { overflow-wrap: anywhere; }
tr:last-child > td { border-bottom: 0; }
tfoot td { font-weight: 650; border-top: 2px solid var(--line); }
.mark { display: inline-block; font-size: .82rem; border: 1px solid currentColor; border-radius: 99px; padding: .05rem .55rem; color: var(--soft); white-space: nowrap; }
.mark.good { color: var(--accent); }
.mark.bad { color: var(--bad); }
.mark.warn { color: var(--warn); }
ul.plain { list-style: none; margin: 0; padding: 0; }
ul.plain > li { padding: .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
ul.plain > li:last-child { border-bottom: 0; }
.note { margin: .3rem 0 0; padding: .35rem .7rem; border-radius: 8px; background: var(--warn-back); color: var(--warn); overflow-wrap: anywhere; }
.note.bad { background: var(--bad-back); color: var(--bad); }
.exchanges a { display: grid; grid-template-columns: 4.6rem 1.4rem minmax(0, 1fr) auto; gap: .1rem .8rem; padding: .5rem .2rem; color: inherit; text-decoration: none; border-bottom: 1px solid var(--line); align-items: baseline; }
.exchanges a:hover { background: var(--hover); }
.exchanges time, .exchanges .way { color: var(--soft); font-variant-numeric: tabular-nums; }
.exchanges .way { font-weight: 700; }
.exchanges b { overflow-wrap: anywhere; font-weight: 600; }
.exchanges small { grid-column: 3 / -1; color: var(--soft); overflow-wrap: anywhere; }
pre { font: 13px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: .9rem 1rem; background: var(--back); border: 1px solid var(--line); border-radius: 8px; max-height: 70vh; overflow: auto; tab-size: 2; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1rem; margin: 0 0 .8rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
body.shopping { height: 100vh; display: flex; flex-direction: column; }
body.shopping .frame { flex: 1; display: flex; padding: .8rem; }
iframe { flex: 1; width: 100%; border: 1px solid var(--line); border-radius: 10px; background: #fff; color-scheme: light; }
body.inside { background: var(--paper); }
body.inside main { margin: 12vh auto; width: min(34rem, 100% - 2rem); text-align: center; justify-items: center; }
@media (max-width: 40rem) { .top { padding: .6rem .8rem; } main { width: auto; margin: .6rem; } .card { padding: .8rem; } }
`;
