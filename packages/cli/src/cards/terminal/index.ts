/** @file Cards and their formulas in a terminal. */
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
export { columnsOf, wrapped } from './wrap.js';
