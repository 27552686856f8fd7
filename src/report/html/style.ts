/** How a report looks: on a phone and wide, in the light and in the dark, without a font or an image. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --text: #1c2128; --faint: #57606a; --line: #d5dae0;
  --code: #f6f7f9; --mark: #ffe2de; --error: #b3261e; --risk: #6b3fbf; --warning: #855600;
  --good: #1a7437; --accent: #0b57a8; --good-back: #e2f4e7; --error-back: #fde7e4;
  --shadow: 0 1px 2px rgb(20 30 40 / 8%), 0 4px 16px rgb(20 30 40 / 4%);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1217; --card: #161c23; --text: #e4e8ed; --faint: #9ca7b3; --line: #2b343e;
    --code: #10151b; --mark: #55211d; --error: #ff9a90; --risk: #c7aeff; --warning: #e9b658;
    --good: #6bd896; --accent: #7cbcff; --good-back: #12301f; --error-back: #3d1a18;
    --shadow: none;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 5rem; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
}
main, .top, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem; }
.top { padding-top: 2rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
h4 { font-size: 1rem; margin: 0; font-weight: 600; overflow-wrap: anywhere; }
p { margin: 0; overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.faint { color: var(--faint); }
.small { font-size: .875rem; }
.verdict { font-weight: 650; }
.verdict.good { color: var(--good); }
.verdict.bad { color: var(--error); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.25rem, 1fr)); gap: .75rem;
  margin: 1.5rem 0 0; padding: 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: .75rem 1rem; box-shadow: var(--shadow); display: flex; flex-direction: column-reverse; }
.tile dt { color: var(--faint); font-size: .875rem; }
.tile dd { margin: 0; font-size: 1.6rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile .error { color: var(--error); } .tile .risk { color: var(--risk); }
.tile .warning { color: var(--warning); } .tile .good { color: var(--good); }
.bar { position: sticky; top: 0; z-index: 3; background: var(--page); border-bottom: 1px solid var(--line);
  margin-top: 1.5rem; }
.bar form { max-width: 84rem; margin: 0 auto; padding: .625rem 1.25rem; display: flex; gap: .625rem;
  align-items: center; flex-wrap: wrap; }
.bar input, .bar select { font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--faint); border-radius: .5rem; padding: .375rem .625rem; min-width: 0; }
.bar input { flex: 1 1 12rem; }
.bar output { color: var(--faint); font-size: .875rem; min-width: 6rem; }
.js-only { display: none; } .js .js-only { display: block; }
.subject { margin: 0 0 1.25rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .75rem; box-shadow: var(--shadow); }
.many .subject { content-visibility: auto; contain-intrinsic-size: auto 30rem; }
.subject > header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between;
  align-items: baseline; padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
.problem { padding: 1rem; }
.problem + .problem { border-top: 1px solid var(--line); }
.problem h4::before { display: inline-block; width: 1.25em; font-weight: 700; }
.problem.error h4::before { content: '×' / ''; color: var(--error); }
.problem.risk h4::before { content: '~' / ''; color: var(--risk); }
.problem.warning h4::before { content: '!' / ''; color: var(--warning); }
.where { color: var(--faint); font-size: .875rem; margin: .25rem 0 .75rem; }
.where code { color: var(--text); }
.pair { display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 60rem) { .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
figure { margin: 0; border: 1px solid var(--line); border-radius: .5rem; background: var(--code);
  overflow: hidden; }
figcaption { padding: .375rem .75rem; font-size: .8125rem; color: var(--faint);
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
pre, code { font-family: var(--mono); font-size: .8125rem; }
pre { margin: 0; padding: .5rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.55; }
.lines { list-style: none; margin: 0; padding: .375rem 0; font: .8125rem/1.6 var(--mono); }
.lines li { display: flex; padding: 0 .75rem; }
.lines li > b { flex: none; min-width: 2.5em; padding-right: .75em; text-align: right; color: var(--faint);
  font-weight: 400; user-select: none; }
.lines li > span { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
.lines .here { background: var(--mark); box-shadow: inset 3px 0 var(--error); }
.lines .here > b { color: var(--text); }
mark { background: none; color: inherit; text-decoration: underline wavy var(--error) 1px;
  text-underline-offset: 3px; text-decoration-skip-ink: none; }
h4.long { font-weight: 400; font-size: .9375rem; }
h4 code { font-size: .875em; background: var(--code); border: 1px solid var(--line); border-radius: .3rem; padding: .0625rem .3rem; font-weight: 500; }
.more { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; margin-top: .75rem; align-items: start; }
.more > details[open] { flex: 1 0 100%; min-width: 0; }
.more .more { margin: 0; }
.left { list-style: none; margin: .75rem 0 0; padding: 0; }
summary { cursor: pointer; color: var(--accent); font-size: .875rem; width: fit-content; padding: .125rem 0; }
details > .pair { margin-top: .625rem; }
.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; }
.total { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: .75rem 1rem; }
.total b { font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.total .track { height: .5rem; border-radius: .25rem; background: var(--line); margin-top: .5rem; overflow: hidden; }
.total .track i { display: block; height: 100%; background: var(--good); border-radius: .25rem; }
.short { color: var(--error); margin-top: .75rem; font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1.25rem 0 .5rem; font-size: .875rem; color: var(--faint); padding: 0; list-style: none; }
.scroll { overflow: auto; max-height: 80vh; border: 1px solid var(--line); border-radius: .75rem;
  background: var(--card); box-shadow: var(--shadow); }
table { border-collapse: separate; border-spacing: 0; font-size: .8125rem; width: 100%; }
th, td { padding: .3rem .5rem; text-align: center; border-bottom: 1px solid var(--line);
  font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th { position: sticky; top: 0; background: var(--card); z-index: 1; font-weight: 600; }
tbody th { position: sticky; left: 0; background: var(--card); text-align: left; font-weight: 500;
  width: 28rem; min-width: 9rem; max-width: min(28rem, 44vw); white-space: normal; overflow-wrap: anywhere; }
thead th:first-child { left: 0; z-index: 2; text-align: left; }
tbody th span { display: block; color: var(--faint); font: .75rem/1.4 var(--mono); }
@media (max-width: 40rem) { tbody th span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; } }
td.p { color: var(--good); background: var(--good-back); font-weight: 600; }
td.f { color: var(--error); background: var(--error-back); font-weight: 700; }
td.u { color: var(--faint); }
tr:last-child > * { border-bottom: 0; }
.parts { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .875rem;
  margin-top: .5rem; }
.many .parts { content-visibility: auto; contain-intrinsic-size: auto 2.5rem; }
.parts summary { font-size: .9375rem; color: var(--text); overflow-wrap: anywhere; }
.parts h3 { margin: .75rem 0 .25rem; font-size: .875rem; }
.names { display: flex; flex-wrap: wrap; gap: .25rem .375rem; padding: 0; margin: 0; list-style: none; }
.names li { font: .75rem/1.5 var(--mono); padding: .0625rem .4375rem; border-radius: 1rem; overflow-wrap: anywhere;
  border: 1px dashed var(--line); color: var(--faint); }
.names .seen { color: var(--good); border: 1px solid transparent; background: var(--good-back); }
[hidden] { display: none !important; }
footer { color: var(--faint); font-size: .8125rem; padding-top: 2rem; padding-bottom: 3rem; }
@media print { .bar { display: none; } .scroll { max-height: none; } }
`;
