/** @file A number on a scale. */
import { useId } from 'preact/hooks';
import './slider.css';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words, such as `30°`. */
  readonly show?: (value: number) => string;
  readonly disabled?: boolean;
  readonly onInput: (value: number) => void;
}

export function Slider({ label, value, min, max, step, show = String, disabled, onInput }: SliderProps) {
  const id = useId();
  return (
    <div class="field slider-field">
      <label for={id}>
        {label} <output for={id}>{show(value)}</output>
      </label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={show(value)}
        onInput={(event) => onInput(Number(event.currentTarget.value))}
      />
    </div>
  );
}
