/** The editor's part of contacts: whether visitors may leave their details, and how long those are kept. */
import type { OwnProfile } from '../domain/owner.ts';
import { NoSecret } from './contacts-page.tsx';
import { Choice, type Draft, Form, formState, Select } from './form.tsx';

interface Props {
  profile: Pick<OwnProfile, 'contactsOpen' | 'contactDays'>;
  version: string;
  draft: Draft | undefined;
  /** Whether this deployment has the secret that seals contacts. */
  canSeal: boolean;
}

const DAYS = [30, 90, 180, 365, 730];

export function ContactSettingsForm({ profile, version, draft, canSeal }: Props) {
  const { contactsOpen, contactDays } = profile;
  const state = formState('contact-settings', version, draft);
  // A program may have chosen another number.
  const days = [...new Set([...DAYS, contactDays])].toSorted((a, b) => a - b);
  return (
    <Form state={state} action="/me/contacts" class="sheet">
      <p>
        A form on your page, with which visitors leave you their name and one way to reach them. What they
        leave is sealed, and stands in <a href="/me/contacts">your contacts</a>.
      </p>
      {!canSeal && <NoSecret />}
      <Choice
        state={state}
        name="contactsOpen"
        legend="Form on your page"
        saved={[String(contactsOpen)]}
        options={[
          { value: 'false', label: 'Off' },
          { value: 'true', label: 'On' },
        ]}
      />
      <Select
        state={state}
        name="contactDays"
        label="Contacts are deleted after"
        saved={String(contactDays)}
        options={days.map((each) => ({ value: String(each), label: `${each} days` }))}
      />
      <div class="buttons">
        <button type="submit" class="main">
          Save
        </button>
      </div>
    </Form>
  );
}
