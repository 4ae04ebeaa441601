/** @file The command line of `thinnet inspect`: its options and its help. */
import { Command } from 'commander';
import { UsageError } from '../usage-error.js';
import { withAfterText } from './help.js';
import { withSilence } from './silence-option.js';
import { words } from './values.js';

/** What `thinnet inspect` was asked for. */
export interface InspectRequest {
  readonly file: string;
  /** Where the drawing is written. */
  readonly svg: string | undefined;
  /** Names of advice that is not wanted, not checked yet. */
  readonly silence: readonly string[];
  readonly json: boolean;
}

interface Flags {
  readonly svg?: string;
  readonly silence?: readonly string[];
  readonly json?: true;
}

const after = `
Examples:
  thinnet inspect model.onnx
  thinnet inspect model.onnx --svg graph.svg
  thinnet inspect model.onnx --silence before-batch-normalization
`;

/** The command; `run` gets what it was asked for. Errors: UsageError. */
export function inspectCommand(run: (request: InspectRequest) => Promise<void>): Command {
  const command = new Command('inspect')
    .summary('show the dropout of an ONNX model, and where it is likely misplaced')
    .description(
      'Shows what is in an ONNX file: inputs, outputs, parameters, every dropout with its kind, rate and shape, the ' +
        'operators that have no gradient, and warnings where dropout is likely misplaced.',
    )
    .argument('<file>', 'the model, such as model.onnx')
    .optionsGroup('Output:')
    .option('--svg <file>', 'draw the graph, with its dropout marked, to an SVG file');
  return withAfterText(withSilence(command), after)
    .option('--json', 'all of it as JSON on standard output')
    .helpOption('-h, --help', 'show this help')
    .action(async (file: string, flags: Flags) => {
      await run({
        file: words.parse(file, '<file>'),
        svg: flags.svg === undefined ? undefined : svgFile(flags.svg),
        silence: flags.silence ?? [],
        json: flags.json === true,
      });
    });
}

function svgFile(name: string): string {
  const file = words.parse(name, '--svg');
  if (!/\.svg$/i.test(file))
    throw new UsageError(`--svg ${file}: drawings are written as SVG; the name must end in .svg`);
  return file;
}
