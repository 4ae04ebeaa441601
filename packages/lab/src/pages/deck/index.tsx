/** @file The deck: cards to study, and each card with its experiment. */
import { useLayoutEffect } from 'preact/hooks';
import { deck } from 'thinnet-deck';
import { Notice } from '../../components/notice.js';
import type { PageProps } from '../../shell/page-props.js';
import { hrefOf } from '../../shell/route.js';
import { CardList } from './card/card-list.js';
import { CardPage } from './card/card-page.js';
import { StudyView } from './study/study.js';
import './deck.css';

const parts = { '': 'Study', cards: 'All cards' } as const;
type Part = keyof typeof parts;

const leads: Readonly<Record<Part, string>> = {
  '': 'Question first, then the answer, then how well you knew it: the card comes again when you are about to forget it.',
  cards:
    'Each card is a claim about dropout, with the experiment that could have shown it to be wrong. Run it here.',
};

export function Page({ path }: PageProps) {
  const part = path === '' || path === 'cards' ? path : undefined;
  const card = deck.find(({ id }) => id === path);
  useLayoutEffect(() => {
    if (part !== undefined) document.title = `${part === '' ? 'Deck' : 'All cards'} · Thinnet lab`;
  }, [part]);
  return (
    <>
      <nav class="tabs" aria-label="Deck">
        <ul>
          {(Object.keys(parts) as Part[]).map((name) => (
            <li key={name}>
              <a
                href={hrefOf(name === '' ? 'deck' : `deck/${name}`)}
                aria-current={name === part ? 'page' : card && name === 'cards' ? 'true' : undefined}
              >
                {parts[name]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {card ? (
        <CardPage key={card.id} card={card} />
      ) : part === undefined ? (
        <Notice kind="error" title="There is no such card">
          The deck has no card “{path}”. <a href={hrefOf('deck/cards')}>See all cards.</a>
        </Notice>
      ) : (
        <>
          <h1>{part === '' ? 'Study the deck' : 'All cards'}</h1>
          <p class="lead">{leads[part]}</p>
          {part === '' ? <StudyView /> : <CardList />}
        </>
      )}
    </>
  );
}
