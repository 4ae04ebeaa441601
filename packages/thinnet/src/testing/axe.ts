/** @file What axe-core finds wrong with a page that is open in a browser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** The faults within the element that a selector names, the whole page unless given; a line each. */
export async function axe(page: Page, selector = 'html'): Promise<readonly string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Not by a script element, which a page's own policy may forbid.
  await page.evaluate(source);
  return page.evaluate(async (where) => {
    const { violations } = await (
      window as unknown as { axe: { run(context: string): Promise<{ violations: Violation[] }> } }
    ).axe.run(where);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }, selector);
}
