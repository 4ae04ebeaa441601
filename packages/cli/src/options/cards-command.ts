/** @file The command line of `thinnet cards`: what can be done with the cards. */
import { Command } from 'commander';
import type { CardsExportRequest } from './cards-export-command.js';
import { cardsExportCommand } from './cards-export-command.js';
import type { CardsStudyRequest } from './cards-study-command.js';
import { cardsStudyCommand } from './cards-study-command.js';
import type { CardsVerifyRequest } from './cards-verify-command.js';
import { cardsVerifyCommand } from './cards-verify-command.js';
import { withAfterText } from './help.js';

/** What runs each of them. */
export interface CardsCommands {
  verify(request: CardsVerifyRequest): Promise<void>;
  list(): Promise<void>;
  show(ids: readonly string[]): Promise<void>;
  study(request: CardsStudyRequest): Promise<void>;
  export(request: CardsExportRequest): Promise<void>;
}

/** The command with those below it. Errors: UsageError. */
export function cardsCommand(commands: CardsCommands): Command {
  const cards = new Command('cards')
    .summary('questions about dropout, their answers, and experiments that test them')
    .description(
      'Cards about dropout: each a question, an answer, and an experiment that measures what the answer claims.',
    )
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false);
  cards.addCommand(cardsVerifyCommand((request) => commands.verify(request)));
  cards.addCommand(
    new Command('list')
      .summary('list the questions')
      .description('Lists the cards: their ids and questions.')
      .helpOption('-h, --help', 'show this help')
      .action(() => commands.list()),
  );
  cards.addCommand(
    withAfterText(new Command('show'), '\nExamples:\n  thinnet cards show inverted\n')
      .summary('show a card')
      .description('Shows cards: question, answer, formula, slip, what the experiment tests, sources.')
      .argument('<id...>', 'the cards; thinnet cards list has their ids')
      .helpOption('-h, --help', 'show this help')
      .action((ids: readonly string[]) => commands.show(ids)),
  );
  cards.addCommand(cardsStudyCommand((request) => commands.study(request)));
  cards.addCommand(cardsExportCommand((request) => commands.export(request)));
  return cards;
}
