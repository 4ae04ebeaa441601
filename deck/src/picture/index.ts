/** @file Pictures drawn in a page: takes the DOM and uPlot, which the page brings along. */
export { type Colour, colours } from './colours.js';
export type { Drawing, PictureTools } from './draw.js';
export { mountPicture } from './mount.js';
export { inWords, numbersOf } from './numbers.js';
export { pictureStyle } from './style.js';
