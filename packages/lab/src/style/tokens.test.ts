import { readFileSync } from 'node:fs';
import { colours } from 'thinnet-deck/picture';
import { colourVariables } from 'thinnet-runs';
import { expect, it } from 'vitest';

it('the colours of arms are those of reports and of the deck’s pictures, in both schemes', () => {
  const style = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
  const variables = [...style.matchAll(/--arm-\d+: #[0-9a-f]{6};/g)].map(([text]) => text);
  const [light, dark] = [variables.slice(0, 6), variables.slice(6)].map((some) => some.join(' '));
  expect(light).toBe(colourVariables(6, 'light'));
  expect(dark).toBe(colourVariables(6, 'dark'));
  for (const scheme of ['light', 'dark'] as const)
    expect(colours.map((colour, i) => `--arm-${i}: ${colour[scheme]};`).join(' ')).toBe(
      colourVariables(6, scheme),
    );
});
