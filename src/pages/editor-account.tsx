/** The editor's end: codes without a network, data to take along, signing out, leaving. */
import { OFFLINE_PASS_MAX_HOURS } from '../domain/tokens/offline-code.ts';
import { Complaint, type Draft, Field, Form, formState, Select, TYPED_EXACTLY } from './form.tsx';

interface Props {
  username: string;
  version: string;
  draft: Draft | undefined;
}

/** How long an offline code may live, as it is offered. */
const LIFETIMES = [
  { value: '1', label: 'One hour' },
  { value: '8', label: 'A day of a conference (8 hours)' },
  { value: '24', label: 'A day' },
  { value: '72', label: 'Three days' },
  { value: String(OFFLINE_PASS_MAX_HOURS), label: 'A week' },
];

/** The form with which an owner makes a code that lives for hours; also on the page that shows one. */
export function OfflinePassForm({ version, draft }: Omit<Props, 'username'>) {
  const state = formState('pass', version, draft);
  return (
    <Form state={state} action="/me/offline-pass" class="sheet">
      <p>
        A code that holds your whole card, signed. Whoever scans it can check it without a network. It shows
        your card as it is now until it expires.
      </p>
      <Select state={state} name="hours" label="Valid for" saved="8" options={LIFETIMES} />
      <div class="buttons">
        <button type="submit" class="main" data-leaves>
          Create the code
        </button>
        <button type="submit" formaction="/me/offline-pass/revoke" formnovalidate>
          Revoke all my offline codes
        </button>
      </div>
    </Form>
  );
}

export function AccountForms({ username, version, draft }: Props) {
  const bringing = formState('import', version, draft);
  const leaving = formState('remove', version, draft);
  return (
    <>
      <div class="sheet">
        <p>
          Everything that is stored about you, as a file; or a token that lets a program of yours edit your
          card.
        </p>
        <div class="buttons">
          <a href="/api/profiles/me/export" download="">
            Download my data
          </a>
          <a href="/auth/token">Token for a program</a>
        </div>
      </div>
      <details class="sheet" id="bring" open={bringing.draft !== undefined}>
        <summary>Restore from a file</summary>
        <form id="import" method="post" action="/me/import" enctype="multipart/form-data">
          <input type="hidden" name="version" value={version} />
          {bringing.draft && (
            <Complaint>
              {[bringing.draft.complaint, ...bringing.draft.errors.map(told)].filter(Boolean).join(' ')}
            </Complaint>
          )}
          <div class="field">
            <label for="import-file">Your downloaded file</label>
            <input
              id="import-file"
              type="file"
              name="file"
              accept="application/json,.json"
              required
              aria-describedby="import-file-about"
            />
            <p id="import-file-about" class="about">
              Replaces your texts, links and cards. Name, picture and views stay.
            </p>
          </div>
          <div class="buttons">
            <button type="submit">Replace all with this file</button>
          </div>
        </form>
      </details>
      <form class="sheet" method="post" action="/auth/logout">
        <div class="buttons">
          <button type="submit" data-leaves>
            Sign out
          </button>
          <button type="submit" formaction="/auth/logout/everywhere" data-leaves>
            Sign out on all devices
          </button>
        </div>
      </form>
      <details class="sheet" id="leave" open={leaving.draft !== undefined}>
        <summary>Delete my card for good</summary>
        <Form state={leaving} action="/me/remove">
          <p>
            Your profile, links, cards and views are deleted at once, everywhere. Nobody can restore them.
          </p>
          <Field
            state={leaving}
            name="username"
            label={`Type ${username} to confirm`}
            saved={null}
            input={{ ...TYPED_EXACTLY, required: true }}
          />
          <div class="buttons">
            <button type="submit" class="danger">
              Delete everything
            </button>
          </div>
        </Form>
      </details>
    </>
  );
}

const told = ({ path, message }: { path: string; message: string }) =>
  path ? `${path}: ${message}` : message;
