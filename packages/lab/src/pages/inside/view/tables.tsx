/** @file All numbers of a pass as tables. */
import { decimal } from '../../../components/numbers.js';
import { Scrolling } from '../../../components/scrolling.js';
import { species } from '../model/flowers.js';
import type { Pass, Weights } from '../model/pass.js';
import { captionOf, layerTitles, unitCounts } from './layers.js';

interface TableProps {
  readonly title: string;
  /** Marks the table for those who look for it, such as `hidden 1`. */
  readonly name: string;
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly [string, readonly number[]])[];
}

/** Four decimals; the element `data` carries the number itself. */
const NumberTable = ({ title, name, corner, columns, rows }: TableProps) => (
  <Scrolling label={title}>
    <table data-table={name}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{corner}</th>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([head, values]) => (
          <tr key={head}>
            <th scope="row">{head}</th>
            {values.map((value, i) => (
              <td key={i}>
                <data value={String(value)}>{decimal(value, 4)}</data>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scrolling>
);

const byUnit = (columns: readonly (readonly number[])[], heads: readonly string[]) =>
  heads.map((head, unit) => [head, columns.map((column) => column[unit] ?? 0)] as const);

const unitHeads = (layer: number): readonly string[] =>
  Array.from(
    { length: unitCounts[layer] ?? 0 },
    (_, unit) => captionOf({ layer, unit }) ?? `unit ${unit + 1}`,
  );

/** The activations and gradients of all layers. */
export function PassTables({ pass, label }: { readonly pass: Pass; readonly label: string }) {
  return (
    <>
      <NumberTable
        title={`${label}: input`}
        name="input"
        corner="measurement"
        columns={['x']}
        rows={byUnit([pass.input], unitHeads(0))}
      />
      {pass.hidden.map(({ preactivation, activation, factor, scaled, back }, i) => {
        const mask = factor.map((k) => Number(k !== 0));
        const forward = [preactivation, activation, mask, factor, scaled];
        return (
          <NumberTable
            key={i}
            title={`${label}: ${layerTitles[i + 1]}`}
            name={layerTitles[i + 1] ?? ''}
            corner="unit"
            columns={['z', 'a', 'mask', 'factor', 'ã', ...(back ? ['∂L/∂ã', '∂L/∂a', '∂L/∂z'] : [])]}
            rows={byUnit(
              [...forward, ...(back ? [back.scaled, back.activation, back.preactivation] : [])],
              unitHeads(i + 1),
            )}
          />
        );
      })}
      <NumberTable
        title={`${label}: output, loss ${decimal(pass.loss, 4)}`}
        name="output"
        corner="species"
        columns={['z', 'p', 'right', ...(pass.output.back ? ['∂L/∂z'] : [])]}
        rows={byUnit(
          [
            pass.output.preactivation,
            pass.output.probabilities,
            species.map((_, i) => Number(i === pass.target)),
            ...(pass.output.back ? [pass.output.back.preactivation] : []),
          ],
          unitHeads(3),
        )}
      />
    </>
  );
}

/** A row for each unit of the layer, a column for each that sends to it. */
const weightRows = ({ weight, bias }: Pick<Weights, 'weight' | 'bias'>, layer: number) =>
  unitHeads(layer).map((head, unit) => {
    const incoming = unitHeads(layer - 1).map((_, i) => weight[i * bias.length + unit] ?? 0);
    return [head, [...incoming, bias[unit] ?? 0]] as const;
  });

/** The weights, and in training the loss's gradients by them. */
export function WeightTables({ pass, label }: { readonly pass: Pass; readonly label: string }) {
  return (
    <>
      {[...pass.hidden, pass.output].flatMap((weights, i) => {
        const layer = i + 1;
        const name = layerTitles[layer] ?? '';
        const columns = [...unitHeads(layer - 1).map((head) => `from ${head}`), 'b'];
        const parts = [
          ['weights', weights],
          ['gradients of the weights', weights.gradient],
        ] as const;
        return parts.map(([what, part]) =>
          part === undefined ? null : (
            <NumberTable
              key={`${name} ${what}`}
              title={`${label}: ${what} into ${name}`}
              name={`${name} ${what}`}
              corner="to"
              columns={columns}
              rows={weightRows(part, layer)}
            />
          ),
        );
      })}
    </>
  );
}
