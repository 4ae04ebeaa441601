/** @file What the deck's users take. */
export {
  type Card,
  type CardId,
  cardIds,
  type Finding,
  type Result,
  type Section,
  type Source,
  sections,
  type Verdict,
} from './card.js';
export type { DropoutUnderTest, Laboratory, SampleName } from './laboratory.js';
export type { BarPicture, GridPicture, Line, LinePicture, Picture, TablePicture } from './picture.js';
