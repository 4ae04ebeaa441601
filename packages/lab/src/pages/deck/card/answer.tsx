/** @file A card's answer: in words, as a formula, with the common slip and the sources. */
import type { Card, Source } from 'thinnet-deck';
import { CardText, Formula } from './text.js';
import './card.css';

export const Answer = ({ card: { answer, formula, slip, sources } }: { readonly card: Card }) => (
  <div class="answer">
    <CardText text={answer} />
    {formula === undefined ? null : <Formula tex={formula} />}
    {slip === undefined ? null : (
      <div class="slip" role="note">
        <p class="slip-title">A common slip</p>
        <CardText text={slip} />
      </div>
    )}
    <ul class="sources" aria-label="Sources">
      {sources.map((source) => (
        <li key={source.text}>
          <SourceLine {...source} />
        </li>
      ))}
    </ul>
  </div>
);

const SourceLine = ({ text, url }: Source) => (url === undefined ? text : <a href={url}>{text}</a>);
