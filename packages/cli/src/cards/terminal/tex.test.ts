import fc from 'fast-check';
import { deck, paragraphsOf } from 'thinnet-deck';
import { describe, expect, it } from 'vitest';
import { texInText } from './tex.js';

describe('a formula as text', () => {
  it.each([
    [
      String.raw`r_j \sim \mathrm{Bernoulli}(1 - p), \qquad \tilde{y}_j = r_j\, y_j`,
      'rⱼ ~ Bernoulli(1 − p),    y\u0303ⱼ = rⱼ yⱼ',
    ],
    [String.raw`\frac{1}{n}\sum_{i=1}^{n} x_i^2`, '1/n Σ_(i=1)ⁿ xᵢ²'],
    [String.raw`\frac{a+b}{\sqrt{n}}`, '(a+b)/√n'],
    [String.raw`\mathbb{E}[m \odot a] = (1-p)\,a`, 'E[m ⊙ a] = (1−p) a'],
    [String.raw`\frac{\partial L}{\partial z_j}=0`, '∂L/∂zⱼ = 0'],
    [String.raw`\begin{aligned} a &= b \\ c &\le d \end{aligned}`, 'a = b\nc ≤ d'],
    [String.raw`x^{(k)} + w_{t+1} + \Delta w_{ij}`, 'x^(k) + wₜ₊₁ + Δwᵢⱼ'],
    [String.raw`L_{\text{test}} - L_\text{training}`, 'L_test − L_training'],
    [String.raw`\left\lVert w \right\rVert_2 \approx 10^{-7}`, '‖ w ‖₂ ≈ 10⁻⁷'],
    [String.raw`\underbrace{W a}_{\text{kept}} + \max(0, 30\,\%)`, 'W a [kept] + max(0, 30 %)'],
  ])('shows %s', (tex, text) => {
    expect(texInText(tex)).toBe(text);
  });

  it('keeps the names of functions, and what it does not know as it is written', () => {
    expect(texInText(String.raw`\log p + \unknown{x}`)).toBe(String.raw`log p + \unknownx`);
  });

  it('of any text ends, without TeX where all of it is known', () => {
    const piece = fc.constantFrom(
      '\\frac ',
      '\\tilde ',
      '{',
      '}',
      '^',
      '_',
      'x',
      ' ',
      '\\sum ',
      '\\\\',
      '&',
      '\\begin ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        expect(texInText(pieces.join(''))).not.toContain('\\');
      }),
    );
  });
});

describe('the formulas of the deck', () => {
  const formulas = deck.flatMap(({ id, answer, slip = '', formula }) => [
    ...paragraphsOf(`${answer}\n\n${slip}`)
      .flat()
      .filter(({ kind }) => kind === 'formula')
      .map(({ text }) => [id, text] as const),
    ...(formula === undefined ? [] : [[id, formula] as const]),
  ]);

  it('are all shown without TeX', () => {
    expect(formulas.length).toBeGreaterThan(0);
    for (const [id, tex] of formulas) expect(texInText(tex), `${id}: ${tex}`).not.toMatch(/[\\&]/);
  });
});
