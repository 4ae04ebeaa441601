/** @file Cards and their formulas in a terminal. */

export { columnsOf, wrapped } from '../../text/wrap.js';
export {
  answerLines,
  backgroundLines,
  questionLines,
  type Style,
  styled,
  type Terminal,
  terminalOf,
  textLines,
} from './card.js';
export { texInText } from './tex.js';
