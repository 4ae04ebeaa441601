import { describe, expect, it } from 'vitest';
import { colourOf, colourVariable, colourVariables } from './palette.js';

describe('the palette', () => {
  it('has enough contrast to the paper, light and dark (3 : 1, WCAG 2.1 for graphics)', () => {
    const luminance = (hex: string) => {
      const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
      const [r = 0, g = 0, b = 0] = channels.map((c) =>
        c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: string, b: string) => {
      const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (high + 0.05) / (low + 0.05);
    };
    for (let arm = 0; arm < 6; arm++) {
      expect(contrast(colourOf(arm).light, '#fdfdfc')).toBeGreaterThan(4.5);
      expect(contrast(colourOf(arm).dark, '#14171a')).toBeGreaterThan(4.5);
    }
  });

  it('begins again after its last colour, under the same names', () => {
    expect(colourOf(7)).toBe(colourOf(1));
    expect(colourVariable(7)).toBe(colourVariable(1));
    expect(colourVariables(2, 'light')).toBe('--arm-0: #59636e; --arm-1: #0072b2;');
    expect(colourVariables(9, 'dark').match(/--arm-/g)).toHaveLength(6);
  });
});
