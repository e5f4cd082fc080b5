/** The editor's list of links: each can be changed, moved and removed, and there is room for a new one. */

import { PLATFORMS, platformById } from '../../verify/platforms.ts';
import { type LinkHeading, linkHeadings } from '../domain/links/link-heading.ts';
import { platformOf } from '../domain/links/platform-guess.ts';
import { HAS_ALREADY } from '../domain/links/same-link.ts';
import type { OwnLink } from '../domain/owner.ts';
import { LIMITS } from '../domain/profile.ts';
import { type Draft, Field, Form, type FormState, formState, Select, TYPED_EXACTLY } from './form.tsx';
import { PlatformIcon } from './icon.tsx';

interface Props {
  links: readonly OwnLink[];
  version: string;
  draft: Draft | undefined;
}

/** The form that knows the order of the links; their hidden fields and arrows belong to it. */
const ORDER = 'order';

const PLATFORM_OPTIONS = PLATFORMS.map(({ id, name }) => ({ value: id, label: name }));

export function LinkForms({ links, version, draft }: Props) {
  const adding = formState('new-link', version, draft);
  const headings = linkHeadings(links);
  return (
    <>
      <Form state={formState(ORDER, version, draft)} action="/me/links/order" />
      {links.length > 0 && (
        <ol class="entries" data-sortable>
          {links.map((link, place) => (
            <Entry
              link={link}
              {...headings[place]}
              place={place}
              last={links.length - 1}
              version={version}
              draft={draft}
            />
          ))}
        </ol>
      )}
      {links.length < LIMITS.links || adding.draft ? (
        <Form state={adding} action="/me/links" class="sheet">
          <h3>Add a link</h3>
          <LinkFields
            state={adding}
            platforms={[{ value: '', label: 'Detect automatically' }, ...PLATFORM_OPTIONS]}
          />
          <div class="buttons">
            <button type="submit" id="add-link" class="main">
              Add the link
            </button>
          </div>
        </Form>
      ) : (
        <p>Your card has {LIMITS.links} links, which is as many as there can be.</p>
      )}
    </>
  );
}

interface LinkFieldsProps {
  state: FormState;
  platforms: readonly { value: string; label: string }[];
  link?: OwnLink;
}

/** Where an address follows from the handle there is one field to fill in; otherwise the handle is what it is shown as. */
function LinkFields({ state, platforms, link }: LinkFieldsProps) {
  const { platform = '', username = null, url = null } = link ?? {};
  const follows = url === (platformById(platform)?.url(username ?? '') || username);
  return (
    <>
      <Field
        state={state}
        name="address"
        label="Address or handle"
        saved={follows ? username : url || username}
        hint={
          link
            ? undefined
            : 'Paste the address of your page, an email address, or a phone number with its country code. If you type a handle, choose the platform.'
        }
        input={{ ...TYPED_EXACTLY, required: true }}
      />
      <Select state={state} name="platform" label="Platform" saved={platform} options={platforms} />
      <Field
        state={state}
        name="label"
        label="Shown as"
        saved={follows || url === '' ? null : username}
        hint="Optional, for an address of your own: such as “My talks”."
      />
      <Offer state={state} />
    </>
  );
}

/** Ways to save what was refused: on the platform that the address is of, as it is, or a second time. */
function Offer({ state: { draft } }: { state: FormState }) {
  if (!draft || draft.isConflict) return null;
  if (draft.errors.some(({ message }) => message === HAS_ALREADY))
    return (
      <button type="submit" name="again" value="yes">
        Add it a second time
      </button>
    );
  const [address = ''] = draft.values.address ?? [];
  const other = platformById(platformOf(address) ?? '');
  const [chosen] = draft.values.platform ?? [];
  if (!other || !chosen || other.id === chosen) return null;
  return (
    <button type="submit" name="instead" value={other.id}>
      Save it as {other.name}
    </button>
  );
}

interface EntryProps extends Omit<Props, 'links'>, Partial<LinkHeading> {
  link: OwnLink;
  place: number;
  /** The last place. */
  last: number;
}

function Entry({ link, heading = '', detail = '', place, last, version, draft }: EntryProps) {
  const { id, platform } = link;
  const state = formState(`link-${id}`, version, draft);
  const said = [heading, detail].filter(Boolean).join(', ');
  return (
    <li class="sheet entry" data-name={heading}>
      <input type="hidden" form={ORDER} name="order" value={id} />
      <details open={state.draft !== undefined} id={`entry-${id}`}>
        <summary>
          <PlatformIcon platform={platform} />
          <span>
            <b dir="auto">{heading}</b> {detail && <small dir="auto">{detail}</small>}
          </span>
        </summary>
        <Form state={state} action={`/me/links/${id}`}>
          <LinkFields state={state} platforms={PLATFORM_OPTIONS} link={link} />
          <div class="buttons">
            <button type="submit" id={`save-link-${id}`} class="main">
              Save
            </button>
            <button type="submit" formaction={`/me/links/${id}/remove`} formnovalidate>
              Remove
            </button>
          </div>
        </Form>
      </details>
      <div class="arrows">
        <button
          type="submit"
          form={ORDER}
          name="up"
          value={id}
          id={`up-${id}`}
          disabled={place === 0}
          aria-label={`Move up: ${said}`}
        >
          ↑
        </button>
        <button
          type="submit"
          form={ORDER}
          name="down"
          value={id}
          id={`down-${id}`}
          disabled={place === last}
          aria-label={`Move down: ${said}`}
        >
          ↓
        </button>
        {last > 0 && (
          <span class="grip" data-grip hidden aria-hidden="true">
            ⠿
          </span>
        )}
      </div>
    </li>
  );
}
