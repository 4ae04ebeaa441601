/** @file An inspection in words, for a terminal. */
import { type Advice, type Rate, showShape, type ValueInfo } from 'thinnet';
import { tableLines } from '../text/table.js';
import type { Inspection } from './inspection.js';

const whole = (n: number): string => n.toLocaleString('en-US');
const counted = (n: number, noun: string): string => `${whole(n)} ${noun}${n === 1 ? '' : 's'}`;
const typed = ({ name, type, shape }: ValueInfo): string => `${name} ${type}${shape ? showShape(shape) : ''}`;

/** A rate as a number, or a schedule with its numbers: `early (rate 0.5, until 100)`. */
export function rateInWords(rate: Rate | undefined): string {
  if (rate === undefined) return '?';
  if (typeof rate === 'number') return String(Number(rate.toPrecision(6)));
  const { kind, ...numbers } = rate;
  const words = Object.entries(numbers).map(([name, value]) => `${name} ${value}`);
  return `${kind} (${words.join(', ')})`;
}

/** Name, message, remedy and paper, on two lines. */
export const adviceInWords = ({ name, message, remedy, source }: Advice): readonly string[] => [
  `${name}: ${message}.`,
  `  To do: ${remedy}. (${source})`,
];

/** The inspection, a line each. */
export function inWords(inspection: Inspection): readonly string[] {
  const { name, opset, producer, inputs, outputs, operators, parameters, sites, advice, reason } = inspection;
  const about = [...(opset === undefined ? [] : [`opset ${opset}`]), ...(producer === '' ? [] : [producer])];
  const nodes = Object.values(operators).reduce((a, b) => a + b, 0);
  return [
    [`Model ${name || '(without a name)'}`, ...about, counted(nodes, 'node')].join(' · '),
    ...(reason === undefined ? [] : [`It cannot be trained as it is: ${reason}`]),
    '',
    `Inputs      ${inputs.map(typed).join(', ') || 'none'}`,
    `Outputs     ${outputs.map(typed).join(', ') || 'none'}`,
    `Operators   ${Object.entries(operators)
      .map(([op, count]) => (count === 1 ? op : `${op} × ${count}`))
      .join(', ')}`,
    `Parameters  ${whole(parameters.total)} in ${counted(parameters.tensors.length, 'tensor')}`,
    ...table(
      ['name', 'shape', 'role', 'numbers'],
      parameters.tensors.map(({ name, shape, role }) => [
        name,
        showShape(shape),
        role,
        whole(shape.reduce((a, b) => a * b, 1)),
      ]),
    ),
    '',
    ...sitesInWords(inspection),
    ...gradientInWords(inspection),
    ...warningsInWords(advice, sites.length),
  ];
}

function warningsInWords(advice: readonly Advice[] | undefined, sites: number): readonly string[] {
  if (sites === 0) return [];
  if (advice === undefined) return ['', 'Warnings    cannot be given, since shapes are not known'];
  if (advice.length === 0) return ['', 'Warnings    none'];
  return [
    '',
    `Warnings    ${advice.length}; --silence and a name leaves one out`,
    ...advice.flatMap((each) => adviceInWords(each).map((line) => `  ${line}`)),
  ];
}

function sitesInWords({ sites }: Inspection): readonly string[] {
  if (sites.length === 0)
    return ['Dropout     none in this file; exporters leave it out of models for inference'];
  const rows = sites.map(({ id, name, kind, rate, shape }) => [
    String(id),
    name,
    kind,
    rateInWords(rate),
    shape ? showShape(shape) : '?',
  ]);
  return [
    `Dropout     ${counted(sites.length, 'site')}`,
    ...table(['site', 'name', 'kind', 'rate', 'noise'], rows),
  ];
}

function gradientInWords({ withoutGradient, reason }: Inspection): readonly string[] {
  const found = Object.entries(withoutGradient);
  if (found.length === 0) return reason === undefined ? ['', 'Gradient    reaches all parameters'] : [];
  return [
    '',
    'Operators without a gradient, between the outputs and parameters',
    ...found.map(([op, names]) => `  ${op}: ${names.join(', ')}`),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const alignments = head.map((title) => (title === 'numbers' || title === 'rate' ? 'right' : 'left'));
  return tableLines({ head, alignments }, rows).map((line) => `  ${line}`);
}
