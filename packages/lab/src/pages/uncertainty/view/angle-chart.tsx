/** @file How uncertainty grows as the image is turned. */
import { LineChart } from '../../../components/line-chart.js';
import { angles, type Sweep } from '../network/answers.js';

export const AngleChart = ({ sweep }: { readonly sweep: Sweep }) => (
  <LineChart
    title="Uncertainty against the angle"
    description="In nats: the same image, turned from 0 to 180 degrees; the same 100 thinned networks at every angle."
    xLabel="degrees"
    decimals={3}
    fit="all"
    x={angles}
    lines={[
      { name: 'predictive entropy', colour: '--arm-1', y: sweep.entropy },
      {
        name: 'disagreement (mutual information)',
        colour: '--arm-2',
        y: sweep.mutualInformation,
      },
      {
        name: 'entropy of the mean network’s answer',
        colour: '--arm-0',
        isDashed: true,
        y: sweep.meanNetworkEntropy,
      },
    ]}
  />
);
