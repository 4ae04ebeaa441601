/** @file The standard domain of operators, which has two spellings. */
import type { Node } from './model.js';

const spelledOut = 'ai.onnx';

/** The domain as this project spells it: '' for ONNX's own operators. */
export const domainOf = (domain = ''): string => (domain === spelledOut ? '' : domain);

/** Whether a node's operator is one of ONNX's own; only then does its name say what it does. */
export const isStandard = ({ domain }: Pick<Node, 'domain'>): boolean => domainOf(domain) === '';
