/** @file Chooses one of the test images: any, or the next of a digit. */
import { SelectField } from '../../../components/field.js';
import type { TestImages } from '../worker.js';

export type DigitChoice = 'any' | `${number}`;

const digits: readonly (readonly [DigitChoice, string])[] = [
  ['any', 'any digit'],
  ...Array.from({ length: 10 }, (_, digit) => [`${digit}`, String(digit)] as const),
];

/** The next image of the digit from `from` on, forwards or backwards, around the end. */
export function nextImage(labels: ArrayLike<number>, from: number, by: 1 | -1, digit: DigitChoice): number {
  const { length } = labels;
  for (let step = 1; step <= length; step++) {
    const at = (((from + by * step) % length) + length) % length;
    if (digit === 'any' || labels[at] === Number(digit)) return at;
  }
  return from;
}

interface TestImageFieldProps {
  readonly images: TestImages;
  readonly index: number;
  readonly digit: DigitChoice;
  readonly onChange: (index: number, digit: DigitChoice) => void;
}

export const TestImageField = ({ images: { labels }, index, digit, onChange }: TestImageFieldProps) => (
  <div class="test-images">
    <SelectField
      label="Digit"
      value={digit}
      options={digits}
      onChange={(chosen) => onChange(nextImage(labels, index - 1, 1, chosen), chosen)}
    />
    <div class="buttons">
      <button
        type="button"
        class="button"
        onClick={() => onChange(nextImage(labels, index, -1, digit), digit)}
      >
        Previous
      </button>
      <button
        type="button"
        class="button"
        onClick={() => onChange(nextImage(labels, index, 1, digit), digit)}
      >
        Next
      </button>
    </div>
  </div>
);
