/** @file The command line of `thinnet mask`: its options and its help. */
import { Command, Option } from 'commander';
import type { MaskChoice } from '../mask/draw.js';
import { maskKindNames, maskKindShapes } from '../mask/names.js';
import { UsageError } from '../usage-error.js';
import { withAfterText } from './help.js';
import { anyNumber, axisLengths, oneOf, positiveInteger, wholeUpTo, words } from './values.js';

/** What `thinnet mask` was asked for. */
export interface MaskRequest {
  readonly choice: MaskChoice;
  /** Where the picture is written. */
  readonly out: string | undefined;
  readonly json: boolean;
}

interface Flags {
  readonly kind: string;
  readonly rate: string;
  readonly shape: string;
  readonly blockSize?: string;
  readonly seed: string;
  readonly step: string;
  readonly site: string;
  readonly out?: string;
  readonly json?: true;
}

/** The side of dropblock's squares unless given: that of its paper. */
const defaultBlockSize = 7;

const kindName = oneOf(maskKindNames);
const seed = wholeUpTo(2 ** 53 - 1, '2^53 - 1');
const step = wholeUpTo(2 ** 32 - 1, '2^32 - 1');
const site = wholeUpTo(2 ** 24 - 1, '2^24 - 1');

const shapes = new Map<string, string[]>();
for (const [name, shape] of Object.entries(maskKindShapes))
  shapes.set(shape, [...(shapes.get(shape) ?? []), name]);

const after = `
Shapes:
${[...shapes].map(([shape, kinds]) => `  ${shape}:\n    ${kinds.join(', ')}`).join('\n')}

Examples:
  thinnet mask --kind dropblock --rate 0.3 --shape 2,8,28,28 --block-size 5
  thinnet mask --kind spatial --rate 0.5 --shape 8,16,14,14 --seed 2 --step 100 --out mask.png
  thinnet mask --kind dropout --rate 0.5 --shape 100,512 --json
`;

/** The command; `run` gets what it was asked for. Errors: UsageError. */
export function maskCommand(run: (request: MaskRequest) => Promise<void>): Command {
  return withAfterText(new Command('mask'), after)
    .summary('draw the mask that training would draw, and show it')
    .description(
      'Draws the noise of one dropout at one step, the very numbers that training would draw, and shows it: as a ' +
        'picture in the terminal, in figures, and as a PNG file.',
    )
    .optionsGroup('Which mask:')
    .requiredOption('--kind <name>', maskKindNames.join(', '))
    .requiredOption('--rate <rate>', 'the probability to drop')
    .requiredOption('--shape <lengths>', 'shape of what is dropped from, such as 8,16,14,14 for [N, C, H, W]')
    .option('--block-size <n>', `side of the squares of dropblock (default: ${defaultBlockSize})`)
    .addOption(new Option('--seed <n>', 'the seed of the run').default('1', '1'))
    .addOption(new Option('--step <n>', 'the training step, counted from 0').default('0', '0'))
    .addOption(
      new Option('--site <n>', "the dropout's number in its network, counted from 0").default('0', '0'),
    )
    .optionsGroup('Output:')
    .option('--out <file>', 'write the picture to a PNG file')
    .option('--json', 'the figures as JSON on standard output, and no picture there')
    .helpOption('-h, --help', 'show this help')
    .action(async (flags: Flags) => {
      await run({
        choice: choiceOf(flags),
        out: flags.out === undefined ? undefined : pngFile(flags.out),
        json: flags.json === true,
      });
    });
}

function choiceOf(flags: Flags): MaskChoice {
  const kind = kindName.parse(flags.kind, '--kind');
  if (flags.blockSize !== undefined && kind !== 'dropblock')
    throw new UsageError(`--block-size is for dropblock; ${kind} has no blocks`);
  return {
    kind,
    rate: anyNumber.parse(flags.rate, '--rate'),
    shape: axisLengths.parse(flags.shape, '--shape'),
    blockSize:
      kind === 'dropblock'
        ? positiveInteger.parse(flags.blockSize ?? String(defaultBlockSize), '--block-size')
        : undefined,
    seed: seed.parse(flags.seed, '--seed'),
    step: step.parse(flags.step, '--step'),
    site: site.parse(flags.site, '--site'),
  };
}

function pngFile(name: string): string {
  const file = words.parse(name, '--out');
  if (!/\.png$/i.test(file))
    throw new UsageError(`--out ${file}: pictures are written as PNG; the name must end in .png`);
  return file;
}
