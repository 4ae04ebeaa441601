/** @file What is done before the first step: fetching, compiling. */
import { downloadProgress } from '../../components/download-progress.js';
import { Progress } from '../../components/progress.js';
import type { Opening } from '../../training/events.js';

export function OpeningProgress({ opening }: { readonly opening: Opening | undefined }) {
  if (opening === undefined) return <Progress label="Starting" />;
  if (opening.type === 'stage') return <Progress label={opening.words} done={opening.done} />;
  return <Progress {...downloadProgress(opening.download)} />;
}
