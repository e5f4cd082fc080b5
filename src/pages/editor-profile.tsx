/** The editor's form for who somebody is, and how their card looks. */
import type { OwnProfile } from '../domain/owner.ts';
import { LIMITS } from '../domain/profile.ts';
import { THEMES } from '../domain/themes.ts';
import { Choice, Field, Form, type FormState, TYPED_EXACTLY } from './form.tsx';
import { accentShades } from './style.ts';

interface Props {
  state: FormState;
  profile: OwnProfile;
  /** Host of this deployment. */
  host: string;
}

export function ProfileForm({ state, profile, host }: Props) {
  return (
    <Form state={state} action="/me/profile" class="sheet">
      <div class="fields">
        <Field
          state={state}
          name="displayName"
          label="Name"
          saved={profile.displayName}
          max={LIMITS.displayName}
          input={{ required: true, autocomplete: 'name' }}
        />
        <Field
          state={state}
          name="pronouns"
          label="Pronouns"
          saved={profile.pronouns}
          max={LIMITS.pronouns}
        />
        <Field
          state={state}
          name="role"
          label="Role"
          saved={profile.role}
          max={LIMITS.role}
          input={{ autocomplete: 'organization-title' }}
        />
        <Field
          state={state}
          name="company"
          label="Company"
          saved={profile.company}
          max={LIMITS.company}
          input={{ autocomplete: 'organization' }}
        />
      </div>
      <Field state={state} name="bio" label="About you" saved={profile.bio} max={LIMITS.bio} multiline />
      <Field
        state={state}
        name="username"
        label="Address of your card"
        saved={profile.username}
        hint={`${host}/u/… After a change the old address leads to the new one for 90 days.`}
        input={{ ...TYPED_EXACTLY, required: true }}
      />
      <Choice
        state={state}
        name="theme"
        legend="Look"
        saved={[profile.theme]}
        options={THEMES.map(({ id, name }) => ({
          value: id,
          label: (
            <>
              <i class="swatch" data-theme={id} aria-hidden="true">
                Aa
              </i>
              {name}
            </>
          ),
        }))}
        class="looks"
      />
      <Field
        state={state}
        name="accentColor"
        label="Colour"
        saved={profile.accentColor}
        hint="As a button, and as icons on light and on dark: in a shade that can be read."
        input={{ type: 'color' }}
      />
      <ColorSamples accent={profile.accentColor} />
      <div class="buttons">
        <button type="submit" id="save-profile" class="main">
          Save
        </button>
        <button
          type="submit"
          formmethod="get"
          formaction="/me/preview"
          formtarget="preview"
          formnovalidate
          data-preview
        >
          Preview
        </button>
      </div>
    </Form>
  );
}

/** What a page makes of the colour; `editor.client.js` keeps it up to date from the preview. */
function ColorSamples({ accent }: { accent: string }) {
  const { fill, onFill, onLight, onDark } = accentShades(accent);
  return (
    <p class="samples" data-samples>
      <Sample ground={fill} ink={onFill} />
      <Sample ground="#ffffff" ink={onLight} />
      <Sample ground="#181a20" ink={onDark} />
    </p>
  );
}

/** Attributes of a picture: the page's policy allows no styles in elements. */
function Sample({ ground, ink }: { ground: string; ink: string }) {
  return (
    <svg viewBox="0 0 64 40" width="64" height="40" aria-hidden="true">
      <rect x="1" y="1" width="62" height="38" rx="10" fill={ground} stroke="#80808080" />
      <text x="32" y="26" fill={ink} text-anchor="middle" font-size="16" font-weight="600">
        Aa
      </text>
    </svg>
  );
}
