/** The editor's list of cards: a part of the links under a title of its own, for one occasion. */

import { linkHeadings } from '../domain/links/link-heading.ts';
import type { OwnLink } from '../domain/owner.ts';
import type { CardVisibility, OwnCard } from '../domain/owner-cards.ts';
import { LIMITS } from '../domain/profile.ts';
import { Choice, type Draft, Field, Form, type FormState, formState } from './form.tsx';

interface Props {
  cards: readonly OwnCard[];
  links: readonly OwnLink[];
  /** Of the owner: part of the cards' addresses. */
  username: string;
  version: string;
  draft: Draft | undefined;
}

const VISIBILITIES: readonly { value: CardVisibility; label: string; detail: string }[] = [
  { value: 'PUBLIC', label: 'Public', detail: 'Listed on your page.' },
  { value: 'UNLISTED', label: 'Unlisted', detail: 'Anyone with its address or code.' },
  { value: 'PRIVATE', label: 'Private', detail: 'Only you.' },
];

export function CardForms({ cards, links, username, version, draft }: Props) {
  const adding = formState('new-card', version, draft);
  return (
    <>
      {cards.length > 0 && (
        <ul class="entries">
          {cards.map((card) => (
            <Entry card={card} links={links} username={username} version={version} draft={draft} />
          ))}
        </ul>
      )}
      {cards.length < LIMITS.cards || adding.draft ? (
        <details class="sheet" id="add-a-card" open={adding.draft !== undefined}>
          <summary>Make a card</summary>
          <Form state={adding} action="/me/cards">
            <CardFields state={adding} links={links} />
            <div class="buttons">
              <button type="submit" id="add-card" class="main">
                Make the card
              </button>
            </div>
          </Form>
        </details>
      ) : (
        <p>You have {LIMITS.cards} cards, which is as many as there can be.</p>
      )}
    </>
  );
}

interface EntryProps extends Omit<Props, 'cards'> {
  card: OwnCard;
}

function Entry({ card, links, username, version, draft }: EntryProps) {
  const { id, title, visibility, qrEnabled, isDefault } = card;
  const state = formState(`card-${id}`, version, draft);
  const { label } = VISIBILITIES.find(({ value }) => value === visibility) ?? {};
  return (
    <li class="sheet entry">
      <details open={state.draft !== undefined} id={`entry-${id}`}>
        <summary>
          <span>
            <b dir="auto">{title}</b>{' '}
            <small>
              {label}
              {isDefault && ', default'}
            </small>
          </span>
        </summary>
        <p class="elsewhere">
          <a href={`/u/${username}/card/${id}`}>See it</a>{' '}
          {visibility !== 'PRIVATE' && qrEnabled && (
            <a href={`/me/code?card=${id}`} data-code="">
              Show its code
            </a>
          )}
        </p>
        <Form state={state} action={`/me/cards/${id}`}>
          <CardFields state={state} links={links} card={card} />
          <div class="buttons">
            <button type="submit" id={`save-card-${id}`} class="main">
              Save
            </button>
            {!isDefault && (
              <button type="submit" formaction={`/me/cards/${id}/default`} formnovalidate>
                Make it the default
              </button>
            )}
            <button type="submit" formaction={`/me/cards/${id}/remove`} formnovalidate>
              Remove
            </button>
          </div>
        </Form>
      </details>
    </li>
  );
}

interface CardFieldsProps {
  state: FormState;
  links: readonly OwnLink[];
  card?: OwnCard;
}

/** Links in the order of the card, then the others: so a card keeps its own order. */
function CardFields({ state, links, card }: CardFieldsProps) {
  const own = card?.links.map(({ id }) => id) ?? [];
  const place = ({ id }: OwnLink) => (own.includes(id) ? own.indexOf(id) : LIMITS.links);
  const sorted = links.toSorted((a, b) => place(a) - place(b));
  const headings = linkHeadings(sorted);
  return (
    <>
      <Field
        state={state}
        name="title"
        label="Title"
        saved={card?.title ?? null}
        max={LIMITS.cardTitle}
        hint="Such as the name of a conference."
        input={{ required: true }}
      />
      <Field
        state={state}
        name="description"
        label="Description"
        saved={card?.description ?? null}
        max={LIMITS.cardDescription}
        multiline
      />
      <Choice
        state={state}
        name="linkIds"
        legend="Links on it"
        saved={card ? own : links.map(({ id }) => id)}
        options={sorted.map(({ id }, index) => ({
          value: id,
          label: headings[index]?.heading ?? '',
          detail: headings[index]?.detail ?? '',
        }))}
        many
      />
      <Choice
        state={state}
        name="visibility"
        legend="Who can see it"
        saved={[card?.visibility ?? 'PUBLIC']}
        options={VISIBILITIES}
      />
    </>
  );
}
