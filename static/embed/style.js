// The look. Type, size, text colour and width are the host page's; the five hues and their order are the registry's.
// A style sheet that is constructed passes where the host's policy forbids inline styles.
export const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host { display: block; container-type: inline-size; color: inherit; font: inherit; }
:host([hidden]) { display: none; }
*, ::before, ::after { box-sizing: border-box; }
.frame {
  --line: color-mix(in srgb, currentColor 18%, transparent);
  --edge: color-mix(in srgb, currentColor 55%, transparent);
  --l1: #3e24a8; --l2: #0d74d2; --l3: #15625b; --l4: #b05e2b; --l5: #800134; --on: #fff;
  line-height: 1.45; overflow-wrap: break-word;
}
.frame.dark { --l1: #9489f5; --l2: #76dbff; --l3: #12a893; --l4: #f2aa71; --l5: #f0557f; --on: #131312; }
.l1 { --h: var(--l1); } .l2 { --h: var(--l2); } .l3 { --h: var(--l3); } .l4 { --h: var(--l4); } .l5 { --h: var(--l5); }
h1, h2, h3, h4, h5, h6, p, ul, table { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: inherit; text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 3px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.vh { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.m { color: var(--mute); font-size: .9em; }

.chain { inline-size: 70px; block-size: 34px; display: block; }
.chain path { fill: none; stroke: var(--edge); stroke-width: 2; }
.chain rect { fill: var(--h); forced-color-adjust: none; }

.search { display: flex; border: 2px solid; border-radius: 3px; margin-block-end: 1em; }
input { flex: 1; min-inline-size: 0; min-block-size: 2.9em; border: 0; background: none; font: inherit; color: inherit; padding: 0 .9em; }
input::placeholder { color: var(--mute); opacity: 1; }
button { font: inherit; font-weight: 700; min-block-size: 2.75em; padding: 0 1.1em; border: 0; border-radius: 2px; background: var(--accent); color: var(--on-accent); cursor: pointer; }
.search button { border-radius: 0; }
button:hover { text-decoration: underline 3px; text-underline-offset: .2em; }
@media (forced-colors: active) { button { border: 1px solid; } }

.head { display: flex; flex-wrap: wrap; gap: .2em 1em; align-items: baseline; padding-block-end: .6em; border-block-end: 2px solid; }
.head b { font-size: 1.2em; margin-inline-end: auto; }
li { display: grid; grid-template-columns: 70px minmax(0, 1fr); gap: .2em 1.1em; padding-block: .9em; border-block-end: 1px solid var(--line); }
.name { font: inherit; font-weight: 700; font-size: 1.08em; line-height: 1.25; letter-spacing: inherit; }
.name + .m { margin-block-end: .2em; }
.foot { display: flex; flex-wrap: wrap; gap: .3em 1.2em; justify-content: space-between; align-items: center; padding-block-start: .8em; font-size: .9em; color: var(--mute); }
.void { display: grid; gap: .8em; justify-items: start; padding-block: 1em; border-block-end: 1px solid var(--line); }
.card { border-block: 2px solid; padding-block: 1em; display: grid; gap: .6em; }
@container (width >= 34rem) { li { grid-template-columns: 70px minmax(0, 1fr) 11em; } }
@container (width < 34rem) { li > :nth-child(3) { grid-column: 2; } }
@container (width < 20rem) { li { grid-template-columns: minmax(0, 1fr); } li > :nth-child(3) { grid-column: 1; } }

table { inline-size: 100%; border-collapse: separate; border-spacing: 2px; table-layout: fixed; }
caption { text-align: start; }
th { font-weight: 400; text-align: start; font-size: .9em; line-height: 1.2; padding: 0; }
th.row { inline-size: 42%; padding-inline-end: .6em; hyphens: auto; }
thead th.top { border-block-start: 5px solid var(--h); text-align: center; vertical-align: top; font-weight: 700; padding-block: .2em; }
thead .long { display: block; font-weight: 400; hyphens: auto; }
@container (width < 44rem) { thead .long { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); } }
@container (width >= 44rem) { th.row { inline-size: 22%; } }
td { text-align: center; padding: 0; block-size: 2.1em; }
td a { display: grid; place-items: center; block-size: 100%; min-block-size: 2.1em; font-weight: 700; text-decoration: none; background: color-mix(in srgb, var(--h) var(--heat, 14%), transparent); }
td a:hover { text-decoration: underline 2px; }
.heat2 { --heat: 26%; } .heat3 { --heat: 40%; } td .heat4 { background: var(--h); color: var(--on); }
.gap { border: 1px dashed var(--edge); color: var(--mute); }
`);
