/** How the pages of the service look: one column that is readable from 320 px on, in light and dark. */
export const style = `
:root{color-scheme:light dark;--paper:#f3f5f4;--card:#fff;--ink:#17211d;--soft:#52605a;--line:#d9e0dc;--go:#0b6b4f;--on:#fff;--mark:#fff3d6;--mark-ink:#5b3d00}
@media (prefers-color-scheme:dark){:root{--paper:#101614;--card:#19211e;--ink:#eaf1ee;--soft:#a9b8b1;--line:#33403a;--go:#5fd0a8;--on:#06251b;--mark:#3b2f12;--mark-ink:#ffe2a3}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{width:100%;max-width:34rem;padding:clamp(1.25rem,5vw,2.5rem);background:var(--card);border:1px solid var(--line);border-radius:14px;box-shadow:0 1px 2px rgb(0 0 0/.05),0 12px 32px rgb(0 0 0/.07)}
.store{margin:0 0 1.25rem;color:var(--soft);font-size:.9375rem;font-weight:600}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;text-wrap:balance}
p{margin:0 0 1rem;color:var(--soft)}
p:last-child{margin-bottom:0}
.test{display:inline-block;margin:0 0 1rem;padding:.25rem .7rem;border-radius:999px;background:var(--mark);color:var(--mark-ink);font-size:.875rem;font-weight:600}
.choices{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
.choices form{display:contents}
.button{flex:1 1 auto;min-height:3rem;padding:.7rem 1.25rem;border:1px solid var(--go);border-radius:10px;background:none;color:var(--go);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.button.first{background:var(--go);color:var(--on)}
.button:hover{filter:brightness(1.08)}
.button:focus-visible{outline:3px solid var(--go);outline-offset:3px}
.button:disabled{opacity:.6;cursor:progress}
ul{margin:0 0 1rem;padding:0;list-style:none;border:1px solid var(--line);border-radius:10px}
li{padding:.75rem 1rem;overflow-wrap:anywhere}
li+li{border-top:1px solid var(--line)}
li b{display:block;font-size:.9375rem}
`;
