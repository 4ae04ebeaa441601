/** @file The fault of a gradient that goes past the masks. */
import { type GraphBuilder, gradients, type Node } from 'thinnet';

/** The gradients of the graph as it would be without its dropouts. */
export const gradientsPastMasks: typeof gradients = (b, outputs, wrt) =>
  gradients(withoutMasks(b), outputs, wrt);

/** The builder, but whoever reads its nodes finds dropouts to be the identity. */
function withoutMasks(b: GraphBuilder): GraphBuilder {
  const noise = new Set(b.inputs.map(({ name }) => name).filter((name) => name.startsWith('noise.')));
  const unmasked = (node: Node): Node => {
    const masks = node.op === 'Mul' && node.inputs.some((name) => noise.has(name));
    return masks ? { ...node, op: 'Identity', inputs: node.inputs.filter((name) => !noise.has(name)) } : node;
  };
  return new Proxy(b, {
    get(target, property) {
      if (property === 'nodes') return target.nodes.map(unmasked);
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
