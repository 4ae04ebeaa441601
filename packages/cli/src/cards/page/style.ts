/** @file What the page of the cards adds to the report's style. */

export const cardsStyle = `
:root { --good: #1b6e43; --bad: #b3261e; --warn: #7a5200; --link: #0067a3; }
@media (prefers-color-scheme: dark) { :root { --good: #7fd6a3; --bad: #ff9d94; --warn: #f0c46c; --link: #6cbcf0; } }
a { color: var(--link); text-underline-offset: .15em; }
math { font-size: 1.08em; }
.katex-error { color: var(--bad); }
nav { margin-top: 2.5rem; }
nav h2 { margin: 1.2rem 0 .3rem; color: var(--muted); font-size: .85rem; font-weight: 400; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { display: flex; align-items: baseline; gap: 1rem; padding: .3rem 0; border-top: 1px solid var(--hairline); }
nav li a { flex: 1; color: inherit; text-decoration: none; }
nav li a:hover { text-decoration: underline; }
.verdict { white-space: nowrap; font-weight: 600; font-size: .92em; color: var(--muted); }
.verdict.holds { color: var(--good); }
.verdict.does-not-hold, .verdict.failed, .failure { color: var(--bad); }
.verdict.inconclusive { color: var(--warn); }
article { margin-top: 2.75rem; padding-top: 1.5rem; border-top: 1px solid var(--hairline); }
p.place { display: flex; justify-content: space-between; gap: 1rem; margin: 0 0 .4rem; color: var(--muted); font-size: .875rem; }
h3 { margin: 0 0 .8rem; max-width: 44rem; font-size: 1.3rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; text-wrap: pretty; }
h4 { margin: 1.6rem 0 .3rem; font-size: .95rem; font-weight: 650; }
.answer p, .slip p, p.claim, p.summary { margin: 0 0 .7rem; max-width: 44rem; text-wrap: pretty; }
.formula { max-width: 44rem; margin: 1rem 0; padding: .3rem 0; overflow-x: auto; overflow-y: hidden; }
.slip { max-width: 44rem; margin: 1rem 0; padding: .8rem 1.1rem .2rem; border-radius: 8px; background: var(--panel); font-size: .95rem; }
.slip b { font-weight: 600; }
table.findings { margin: .4rem 0 1.4rem; font-size: .9rem; }
table.findings :is(th, td) { text-align: left; white-space: normal; vertical-align: top; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 2rem 2.5rem; }
.pictures > * { min-width: 0; }
p.sources { margin: 1.4rem 0 0; color: var(--muted); font-size: .85rem; }
p.failure { overflow-wrap: anywhere; }
@media (max-width: 44rem) {
  h3 { font-size: 1.15rem; }
  table.findings td { gap: 1.2rem; }
  table.findings td span { text-align: right; }
}
@media print { .picture-numbers { display: none; } article { break-inside: avoid-page; } }
`;
