/** @file The network as a drawing: units with their numbers, and the lines between them as thick as what flows. */
import { useRef } from 'preact/hooks';
import { decimal } from '../../../components/numbers.js';
import type { Pass } from '../model/pass.js';
import {
  captionOf,
  gradientAt,
  isDropped,
  layerTitles,
  sentBy,
  type UnitId,
  unitCounts,
  unitName,
  valueAt,
  weightsInto,
} from './layers.js';
import { type StageName, stages } from './stages.js';

const size = { width: 356, height: 330 };
const columns = [52, 138, 224, 308] as const;
const radius = 20;

/** Captions of the input end, those of the output begin below their unit's middle: away from the lines. */
const captions = [
  { anchor: 'end', from: 7 },
  { anchor: 'start', from: -7 },
] as const;

function placeOf({ layer, unit }: UnitId): { readonly x: number; readonly y: number } {
  const count = unitCounts[layer] ?? 1;
  const spacing = count > 5 ? 48 : count > 3 ? 68 : 86;
  return { x: columns[layer] ?? 0, y: 172 + (unit - (count - 1) / 2) * spacing };
}

export interface DiagramProps {
  readonly pass: Pass;
  readonly stage: StageName;
  readonly label: string;
  readonly selected: UnitId;
  readonly onSelect: (unit: UnitId) => void;
}

export function Diagram({ pass, stage, label, selected, onSelect }: DiagramProps) {
  const drawing = useRef<SVGSVGElement>(null);
  const move = (event: KeyboardEvent) => {
    const next = neighbour(selected, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next);
    drawing.current?.querySelector<SVGElement>(`[data-unit="${next.layer}/${next.unit}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be part of a drawing.
    <svg
      class="diagram"
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="group"
      aria-label={label}
      ref={drawing}
      onKeyDown={move}
    >
      {layerTitles.map((title, layer) => (
        <text key={title} class="layer-title" x={columns[layer]} y={13}>
          {title}
        </text>
      ))}
      {[1, 2, 3].map((layer) => (
        <Wires key={layer} pass={pass} into={layer} isBack={stages[stage].isBack} />
      ))}
      {unitCounts.flatMap((count, layer) =>
        Array.from({ length: count }, (_, unit) => (
          <Unit
            key={`${layer}/${unit}`}
            id={{ layer, unit }}
            pass={pass}
            stage={stage}
            isSelected={selected.layer === layer && selected.unit === unit}
            onSelect={onSelect}
          />
        )),
      )}
      <text class="loss" x={columns[3]} y={size.height - 8}>
        loss {decimal(pass.loss, 3)}
      </text>
    </svg>
  );
}

function neighbour({ layer, unit }: UnitId, key: string): UnitId | undefined {
  const within = (l: number, u: number) => ({ layer: l, unit: Math.min(u, (unitCounts[l] ?? 1) - 1) });
  if (key === 'ArrowDown' && unit + 1 < (unitCounts[layer] ?? 0)) return { layer, unit: unit + 1 };
  if (key === 'ArrowUp' && unit > 0) return { layer, unit: unit - 1 };
  if (key === 'ArrowRight' && layer < 3) return within(layer + 1, unit);
  if (key === 'ArrowLeft' && layer > 0) return within(layer - 1, unit);
  return undefined;
}

interface UnitProps {
  readonly id: UnitId;
  readonly pass: Pass;
  readonly stage: StageName;
  readonly isSelected: boolean;
  readonly onSelect: (unit: UnitId) => void;
}

function Unit({ id, pass, stage, isSelected, onSelect }: UnitProps) {
  const { x, y } = placeOf(id);
  const value = valueAt(pass, id, stage);
  const dropped = isDropped(pass, id);
  const caption = captionOf(id);
  const at = captions[id.layer === 0 ? 0 : 1];
  const isRight = id.layer === 3 && id.unit === pass.target;
  const number = value === undefined ? '' : decimal(value, 2);
  // Begins with what is seen, as those who steer by voice expect.
  const spoken = [
    [number, caption ?? ''].filter((part) => part !== '').join(' '),
    caption === undefined ? unitName(id) : layerTitles[id.layer],
    value === undefined ? 'nothing comes back here' : id.layer === 0 ? '' : stages[stage].title,
    dropped ? 'dropped' : '',
    isRight ? 'the right class' : '',
  ];
  const classes = ['unit', dropped ? 'dropped' : '', isSelected ? 'selected' : '', isRight ? 'right' : ''];
  const select = () => onSelect(id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot be part of a drawing.
    <g
      class={classes.filter((name) => name !== '').join(' ')}
      data-unit={`${id.layer}/${id.unit}`}
      role="button"
      // Lower case: in SVG, attributes are written as they are named here.
      tabindex={isSelected ? 0 : -1}
      aria-pressed={isSelected}
      aria-label={spoken.filter((part) => part !== '').join(', ')}
      onFocus={select}
      onClick={select}
      onPointerEnter={select}
    >
      <circle cx={x} cy={y} r={radius} />
      {value === undefined ? null : (
        <text x={x} y={y + 4}>
          {number}
        </text>
      )}{' '}
      {caption === undefined ? null : (
        <text class={`caption ${at.anchor}`} x={x + at.from} y={y + radius + 10}>
          {caption}
        </text>
      )}
    </g>
  );
}

interface WiresProps {
  readonly pass: Pass;
  /** The layer that they lead into. */
  readonly into: number;
  readonly isBack: boolean;
}

/** What flows through each weight: forward what the unit sends times the weight, back the gradient times the weight. */
function Wires({ pass, into, isBack }: WiresProps) {
  const sent = sentBy(pass, into - 1);
  const gradient = gradientAt(pass, into);
  const weight = weightsInto(pass, into)?.weight ?? [];
  const out = unitCounts[into] ?? 1;
  const flows = weight.map((w, i) =>
    isBack ? w * (gradient?.[i % out] ?? 0) : w * (sent[Math.floor(i / out)] ?? 0),
  );
  const most = Math.max(...flows.map(Math.abs), 1e-12);
  return (
    <g class="wires">
      {flows.map((flow, i) => {
        const from = placeOf({ layer: into - 1, unit: Math.floor(i / out) });
        const to = placeOf({ layer: into, unit: i % out });
        const kind = flow === 0 ? 'none' : flow > 0 ? 'positive' : 'negative';
        return (
          <line
            key={i}
            class={kind}
            x1={from.x}
            y1={from.y}
            x2={to.x}
            y2={to.y}
            stroke-width={flow === 0 ? 0.7 : 0.4 + 2.8 * (Math.abs(flow) / most)}
          />
        );
      })}
    </g>
  );
}
