/** @file What is done before the first step: fetching, compiling. */
import { megabytes } from '../../components/bytes.js';
import { Progress } from '../../components/progress.js';
import type { Opening } from '../../training/events.js';

export function OpeningProgress({ opening }: { readonly opening: Opening | undefined }) {
  if (opening === undefined) return <Progress label="Starting" />;
  if (opening.type === 'stage') return <Progress label={opening.words} />;
  const { received, total, cached } = opening.download;
  if (cached || received >= total) return <Progress label="Starting ONNX Runtime" />;
  return (
    <Progress
      label="Fetching ONNX Runtime, once for this browser"
      done={received / total}
      detail={`${megabytes(received)} of ${megabytes(total)}`}
    />
  );
}
