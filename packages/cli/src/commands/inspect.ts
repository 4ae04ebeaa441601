/** @file `thinnet inspect`: what is in an ONNX file, what of it is dropout, and whether it is well placed. */
import { inspect as inspectModel } from '../inspect/inspection.js';
import { readModelFile } from '../inspect/model-file.js';
import { silenced } from '../inspect/silence.js';
import { inWords } from '../inspect/words.js';
import type { InspectRequest } from '../options/inspect-command.js';
import { writeAtomically } from '../run-folder/atomic.js';

/** Gives the exit status. */
export async function inspect(
  { file, svg, silence, json }: InspectRequest,
  stdout: Pick<NodeJS.WriteStream, 'write'> = process.stdout,
): Promise<number> {
  const names = silenced(silence);
  const { graph, ...inspection } = inspectModel(await readModelFile(file), names);
  if (svg !== undefined) {
    const { drawGraph } = await import('../inspect/svg.js');
    await writeAtomically(svg, drawGraph({ ...inspection, graph }));
  }
  const lines = json
    ? [JSON.stringify({ file, ...inspection }, undefined, 2)]
    : [...inWords({ ...inspection, graph }), ...(svg === undefined ? [] : ['', `Drawing: ${svg}`])];
  stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
