/** How the page looks: light or dark as the system is, in one column where it is narrow. */
export const style = `:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #16181d);
  --back: light-dark(#f3f5f8, #0f1115);
  --ink: light-dark(#1c2430, #e6e9ef);
  --soft: light-dark(#566171, #9aa4b2);
  --line: light-dark(#dde2e9, #2a2f38);
  --accent: light-dark(#2456b8, #8db4ff);
  --chosen: light-dark(#e4edfd, #1f2c47);
  --hover: light-dark(#f0f4fa, #1d2129);
  --warn: light-dark(#8a4b00, #ffc46b);
  --warn-back: light-dark(#fff3dc, #33270f);
  --bad: light-dark(#b3261e, #ff9c94);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.45 system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1 { margin: 0; font-size: 1.35rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 1.2rem 0 .4rem; font-size: .95rem; color: var(--soft); font-weight: 600; }
h2:first-child { margin-top: 0; }
button, .button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .35rem .8rem; cursor: pointer; text-decoration: none; white-space: nowrap; }
button:hover, .button:hover { background: var(--hover); border-color: var(--soft); }
button.quiet { color: var(--bad); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: .5rem; top: .5rem; z-index: 1; background: var(--paper); padding: .5rem; }

.top { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1rem; padding: .6rem 1rem; background: var(--paper); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: .5rem; color: inherit; text-decoration: none; font-weight: 650; font-size: 1.05rem; }
.search { flex: 1 1 16rem; max-width: 34rem; }
.search input { width: 100%; font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 8px; padding: .4rem .7rem; }
#count { margin-left: auto; color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }

#list ol { list-style: none; margin: 0; padding: 0; }
#list li { border-bottom: 1px solid var(--line); }
#list li a { display: grid; gap: .1rem 1rem; padding: .55rem 1rem; color: inherit; text-decoration: none; align-items: baseline; }
#list li a > *, .columns > * { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
#list li a:hover { background: var(--hover); }
#list li a[aria-current] { background: var(--chosen); box-shadow: inset 3px 0 var(--accent); }
#list li a:focus-visible { outline-offset: -2px; }
#list time, #list .size, #list .to { color: var(--soft); font-variant-numeric: tabular-nums; }
#list .subject { font-weight: 600; }
#list i, h1 i { font-weight: 400; color: var(--soft); }
.mark { font-size: .8rem; color: var(--soft); border: 1px solid var(--line); border-radius: 99px; padding: .05rem .5rem; margin-left: .3rem; }
.mark.bad { color: var(--warn); border-color: currentColor; }
.columns { display: none; }
.nothing { padding: 14vh 1.5rem; text-align: center; color: var(--soft); }
.nothing b { color: var(--ink); overflow-wrap: anywhere; }

.listing main { width: min(90rem, 100% - 2rem); margin: 1rem auto; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.listing #list li:last-child { border-bottom: 0; }
@media (min-width: 52rem) {
  .listing #list li a, .columns { grid-template-columns: 8.5rem minmax(0, 1fr) minmax(0, 1fr) minmax(0, 2fr) 8.5rem 4.5rem; }
  .columns { display: grid; gap: 1rem; padding: .45rem 1rem; font-size: .82rem; color: var(--soft); border-bottom: 1px solid var(--line); background: var(--back); }
  .listing .marks, .listing .size, .columns > :last-child { text-align: right; }
}
@media (max-width: 51.99rem) {
  .top { gap: .5rem .6rem; padding: .5rem .8rem; }
  .top button { padding: .2rem .5rem; }
  .search { order: 1; flex-basis: 100%; max-width: none; }
  .listing main { width: auto; margin: 0; border-width: 0 0 1px; border-radius: 0; }
  .listing #list li a { grid-template: 'subject time' 'from marks' 'to size' / minmax(0, 1fr) auto; }
}
.reading .columns { display: none; }
.reading #list li a { grid-template: 'subject time' 'from marks' 'to size' / minmax(0, 1fr) auto; }
#list time { grid-area: time; text-align: right; }
#list .from { grid-area: from; }
#list .to { grid-area: to; }
#list .to::before { content: 'to '; }
#list .subject { grid-area: subject; }
#list .marks { grid-area: marks; text-align: right; }
#list .size { grid-area: size; text-align: right; }
@media (min-width: 52rem) {
  .listing #list li a > * { grid-area: auto; }
  .listing #list time { text-align: left; }
  .listing #list .to::before { content: none; }
}

.reading article { background: var(--paper); padding: 1rem 1.25rem; min-width: 0; display: flex; flex-direction: column; gap: .75rem; }
.reading article.nothing { display: block; padding-top: 14vh; }
.back { margin: 0; }
.head h1 { flex: 1 1 16rem; }
.head { display: flex; flex-wrap: wrap; gap: .6rem 1rem; justify-content: space-between; align-items: start; }
.actions { display: flex; gap: .5rem; }
.people { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: 0; max-height: 12rem; overflow: auto; }
.people dt { color: var(--soft); }
.people dd { margin: 0; overflow-wrap: anywhere; }
.person:not(:last-child)::after { content: ','; }
.warning, .hint { margin: 0; padding: .5rem .8rem; border-radius: 8px; background: var(--warn-back); color: var(--warn); overflow-wrap: anywhere; }
.hint { background: var(--back); color: var(--soft); }
.tabs { display: flex; flex-wrap: wrap; gap: .25rem; border-bottom: 1px solid var(--line); }
.tabs > * { padding: .4rem .8rem; border-bottom: 3px solid transparent; margin-bottom: -1px; text-decoration: none; color: var(--soft); white-space: nowrap; }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--accent); border-color: var(--accent); font-weight: 600; }
.tabs .absent { opacity: .45; }
.content { flex: 1; min-height: 18rem; margin: 0; }
iframe.content { width: 100%; border: 1px solid var(--line); border-radius: 8px; background: #fff; color-scheme: light; }
pre.content { font: 13px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; overflow: auto; padding: .9rem 1rem; background: var(--back); border: 1px solid var(--line); border-radius: 8px; tab-size: 4; }
pre.text { font-size: 14px; }
.pairs { border-collapse: collapse; width: 100%; font: 13px/1.5 var(--mono); }
.pairs th, .pairs td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.pairs th { font-weight: 600; color: var(--soft); width: 13rem; }
.files { list-style: none; padding: 0; }
.files li { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: .6rem .2rem; border-bottom: 1px solid var(--line); color: var(--soft); }
.files a { flex: 1 1 16rem; overflow-wrap: anywhere; font-weight: 600; }
@media (min-width: 52rem) {
  .reading { height: 100vh; display: flex; flex-direction: column; }
  .reading main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(18rem, 26rem) minmax(0, 1fr); }
  .reading #list { overflow-y: auto; border-right: 1px solid var(--line); background: var(--paper); }
  .reading article { overflow-y: auto; }
  .reading .content { overflow: auto; }
  .reading .back { display: none; }
}
@media (max-width: 51.99rem) {
  .reading #list { display: none; }
  .reading article { padding: .8rem; min-height: 80vh; }
  .people { gap: .15rem .7rem; }
  .pairs tr { display: block; border-bottom: 1px solid var(--line); padding: .3rem 0; }
  .pairs th, .pairs td { display: block; width: auto; border: 0; padding: 0 .2rem; }
  iframe.content { min-height: 60vh; }
  .tabs > * { padding: .4rem .55rem; }
}
@media print { .top, #list, .tabs, .actions { display: none; } }
`;
