/** @file Form fields: each with its label, a hint and its own error. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useState } from 'preact/hooks';
import { firstLineOf } from './message.js';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
}

interface Ids {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

function Field({
  label,
  hint,
  error,
  children,
}: FieldProps & { readonly children: (ids: Ids) => ComponentChildren }) {
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`]
    .filter((part) => part !== '')
    .join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error !== undefined || undefined,
      })}
      {hint === undefined ? null : (
        <span class="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error === undefined ? null : (
        <span class="field-error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onInput: (text: string) => void;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  readonly name?: string;
  readonly list?: readonly string[];
}

/** Text that is read elsewhere; numbers too, so that a half-written one is not lost. */
export function TextField({
  value,
  onInput,
  inputMode = 'text',
  name,
  list,
  disabled,
  ...field
}: TextFieldProps) {
  const listId = useId();
  return (
    <Field {...field}>
      {(ids) => (
        <>
          <input
            {...ids}
            type="text"
            name={name}
            value={value}
            inputMode={inputMode}
            autocomplete="off"
            spellcheck={false}
            disabled={disabled}
            list={list === undefined ? undefined : listId}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          {list === undefined ? null : (
            <datalist id={listId}>
              {list.map((option) => (
                <option key={option} value={option} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

export interface ValueFieldProps<T> extends FieldProps {
  readonly value: T;
  readonly show: (value: T) => string;
  /** Reads what was typed. Errors: its message is shown at the field. */
  readonly read: (text: string) => T;
  readonly onChange: (value: T) => void;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  readonly name?: string;
  readonly list?: readonly string[];
}

/** A value with a written form: what is typed is kept as it is until it can be read. */
export function ValueField<T>({ value, show, read, onChange, ...field }: ValueFieldProps<T>) {
  const shown = show(value);
  const [draft, setDraft] = useState({ text: shown, of: shown });
  useLayoutEffect(() => setDraft({ text: shown, of: shown }), [shown]);
  const text = draft.of === shown ? draft.text : shown;
  const error = problemOf(() => read(text));
  return (
    <TextField
      {...field}
      value={text}
      error={field.error ?? error}
      onInput={(next) => {
        setDraft({ text: next, of: shown });
        if (problemOf(() => read(next)) === undefined && show(read(next)) !== shown) onChange(read(next));
      }}
    />
  );
}

function problemOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return firstLineOf(error);
  }
}

export interface SelectFieldProps<T extends string> extends FieldProps {
  readonly value: T;
  /** Values and what they are called; as pairs where values look like numbers, which a record sorts. */
  readonly options: Readonly<Record<T, string>> | readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
  readonly name?: string;
}

export function SelectField<T extends string>({
  value,
  options,
  onChange,
  name,
  disabled,
  ...field
}: SelectFieldProps<T>) {
  return (
    <Field {...field}>
      {(ids) => (
        <select
          {...ids}
          name={name}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.currentTarget.value as T)}
        >
          {(Array.isArray(options) ? options : (Object.entries(options) as [T, string][])).map(
            ([option, title]) => (
              <option key={option} value={option} selected={option === value}>
                {title}
              </option>
            ),
          )}
        </select>
      )}
    </Field>
  );
}
