/** @file A choice of one among a few, all of them in sight. */
import { useId } from 'preact/hooks';
import './choices.css';

export interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly value: T;
  /** Values and what they are called. */
  readonly options: Readonly<Record<T, string>>;
  /** Those that cannot be chosen now. */
  readonly disabled?: readonly T[];
  readonly onChange: (value: T) => void;
}

export function Choices<T extends string>({
  label,
  value,
  options,
  disabled = [],
  onChange,
}: ChoicesProps<T>) {
  const name = useId();
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      <div>
        {(Object.entries(options) as [T, string][]).map(([option, title]) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              disabled={disabled.includes(option)}
              onChange={() => onChange(option)}
            />
            <span>{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
