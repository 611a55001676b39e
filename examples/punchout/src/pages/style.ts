/** The look of the shop. One file, no fonts and no pictures from elsewhere. */
export const style = `
:root { color-scheme: light; --ink: #1d2b33; --soft: #5b6b75; --paper: #fbf8f2; --card: #ffffff; --line: #e5ddcf; --sea: #1f5f6b; --sea-dark: #164650; --brass: #b8862b; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--sea); }
header { background: var(--sea-dark); color: #fff; }
.bar { max-width: 66rem; margin: 0 auto; padding: .9rem 1.2rem; display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; }
.bar a { color: #fff; text-decoration: none; }
.brand { font: 600 1.25rem/1.2 Georgia, "Times New Roman", serif; letter-spacing: .02em; }
.bar .who { margin-left: auto; font-size: .9rem; opacity: .85; }
.pill { background: rgba(255,255,255,.14); border-radius: 999px; padding: .35rem .9rem; font-size: .95rem; }
main { max-width: 66rem; margin: 0 auto; padding: 1.6rem 1.2rem 3rem; }
h1 { font: 600 1.7rem/1.25 Georgia, "Times New Roman", serif; margin: 0 0 1rem; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1.1rem; list-style: none; margin: 0; padding: 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1rem; display: flex; flex-direction: column; gap: .5rem; }
.card svg, .hero svg { width: 100%; height: auto; background: #f3eee3; border-radius: 10px; padding: .6rem; }
.card h2 { font-size: 1.05rem; margin: .2rem 0 0; }
.card p { margin: 0; color: var(--soft); font-size: .92rem; flex: 1; }
.price { font-weight: 650; }
.small { color: var(--soft); font-size: .88rem; }
form.inline { display: flex; gap: .5rem; align-items: center; flex-wrap: wrap; }
input[type=number] { width: 5.2rem; font: inherit; padding: .45rem .5rem; border: 1px solid #b9b2a3; border-radius: 8px; background: #fff; }
button, .button { font: inherit; font-weight: 600; border: 0; border-radius: 9px; padding: .55rem 1rem; background: var(--sea); color: #fff; cursor: pointer; text-decoration: none; display: inline-block; }
button:hover, .button:hover { background: var(--sea-dark); }
button.second, .button.second { background: #ece5d6; color: var(--ink); }
button.second:hover { background: #ddd3be; }
button.main { background: var(--brass); font-size: 1.06rem; padding: .7rem 1.4rem; }
button.main:hover { background: #97701f; }
:focus-visible { outline: 3px solid #f0b429; outline-offset: 2px; }
.hero { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2rem; align-items: start; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 1rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
th, td { text-align: left; padding: .7rem .8rem; border-bottom: 1px solid var(--line); vertical-align: middle; }
th { font-size: .85rem; color: var(--soft); font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tfoot td { font-weight: 650; border-bottom: 0; }
.actions { display: flex; gap: .8rem; flex-wrap: wrap; margin-top: 1.3rem; align-items: center; }
.note { background: #fff4d8; border: 1px solid #ecd48f; border-radius: 10px; padding: .8rem 1rem; margin: 0 0 1.2rem; }
.note.bad { background: #fde8e4; border-color: #eeb3a8; }
@media (max-width: 40rem) {
  .hero { grid-template-columns: 1fr; }
  table, tbody, tr, td, tfoot { display: block; } thead { display: none; }
  td { border-bottom: 0; padding: .35rem .8rem; } tr { border-bottom: 1px solid var(--line); padding: .5rem 0; } td.number { text-align: left; }
  td.number::before { content: attr(data-label) " "; color: var(--soft); }
  .bar .who { margin-left: 0; width: 100%; }
}
`;
