/** @file The download of ONNX Runtime as progress in words, the same on every page. */
import type { Download } from '../runtime/shared.js';
import { megabytes } from './bytes.js';
import type { ProgressProps } from './progress.js';

/** What is shown of a download; once it is there, or came out of the cache, ONNX Runtime is being started. */
export function downloadProgress({ received, total, cached }: Download): ProgressProps {
  if (cached || received >= total) return { label: 'Starting ONNX Runtime' };
  return {
    label: 'Fetching ONNX Runtime, once for this browser',
    done: received / total,
    detail: `${megabytes(received)} of ${megabytes(total)}`,
  };
}
