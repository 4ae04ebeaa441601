/** @file What the lines of the drawing mean. */
import { Swatch } from '../../../components/line-chart.js';

/** Of the way forward, or of the way back. */
export function FlowLegend({ isBack }: { readonly isBack: boolean }) {
  const flow = isBack ? 'gradient · weight' : 'what the unit sends · weight';
  return (
    <ul class="legend flow-legend" aria-label="What the lines mean">
      <li>
        <Swatch colour="--arm-1" /> {flow}, above 0
      </li>
      <li>
        <Swatch colour="--arm-2" /> the same, below 0
      </li>
      <li>
        <Swatch colour="--edge" isDashed /> 0: nothing flows
      </li>
      <li class="note">The thicker a line, the more, compared with the others of its layer.</li>
    </ul>
  );
}
