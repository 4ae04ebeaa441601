/** @file How far something is that takes a while. */

export interface ProgressProps {
  readonly label: string;
  /** 0 to 1; undefined where it is not known. */
  readonly done?: number | undefined;
  /** What stands beside the bar, such as `3.1 of 13.6 MB`. */
  readonly detail?: string;
}

export const Progress = ({ label, done, detail }: ProgressProps) => (
  <div class="progress">
    <div class="progress-words">
      <span>{label}</span>
      <span class="note">{detail ?? (done === undefined ? '' : `${Math.floor(100 * done)} %`)}</span>
    </div>
    <progress aria-label={label} {...(done === undefined ? {} : { value: done, max: 1 })} />
  </div>
);
