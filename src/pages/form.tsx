/** Forms of the owner's pages: fields with labels, hints and errors, which keep what was typed when it could not be saved. */
import type { Child } from 'hono/jsx';
import type { FieldError } from '../domain/problem.ts';

/** The fields of a form as they were sent, each with all its values in order. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** A form that was sent and could not be saved. */
export interface Draft {
  /** Id of the form. */
  form: string;
  values: FormValues;
  errors: readonly FieldError[];
  /** What is wrong with it as a whole. */
  complaint: string | null;
  /** Whether somebody saved something else meanwhile, which is shown beside what was typed. */
  isConflict: boolean;
}

/** What a form was filled from, as it says itself: the profile in one of its versions. */
export function formVersion({ id, version }: { id: string; version: number }): string {
  return `${version}-${id}`;
}

/** The owner and the version in what a form says that it was filled from, or undefined where it says nothing of the kind. */
export function readFormVersion(said: string): { id: string; version: number } | undefined {
  const [, version, id] = /^(\d{1,15})-(.+)$/.exec(said) ?? [];
  return id === undefined ? undefined : { id, version: Number(version) };
}

/** One form of a page, with what was typed into it if it could not be saved. */
export interface FormState {
  id: string;
  /** What it was filled from (`formVersion`): a write insists on it. */
  version: string;
  draft: Draft | undefined;
}

/** The state of the form with this id. */
export function formState(id: string, version: string, draft: Draft | undefined): FormState {
  return { id, version, draft: draft?.form === id ? draft : undefined };
}

/** The values that a field has: those typed, or those saved. */
function valuesOf({ draft }: FormState, name: string, saved: readonly string[]): readonly string[] {
  return draft ? (draft.values[name] ?? []) : saved;
}

interface FormProps {
  state: FormState;
  action: string;
  children?: Child;
  class?: string;
}

/** A form that says which version it was filled from, and what was wrong with it. */
export function Form({ state, action, children, class: className }: FormProps) {
  const { id, version, draft } = state;
  return (
    <form id={id} method="post" action={action} class={className} data-unsaved={draft && ''}>
      <input type="hidden" name="version" value={version} />
      {draft && <Complaint>{draft.complaint ?? 'Not saved yet. See what is marked below.'}</Complaint>}
      {children}
    </form>
  );
}

/** What is wrong with a form as a whole. It has the focus, so that it is in sight without a script too. */
export function Complaint({ children }: { children?: Child }) {
  return (
    <p class="wrong" role="alert" tabindex={-1} autofocus>
      {children}
    </p>
  );
}

/** Attributes of inputs for names and addresses, which keyboards must not improve. */
export const TYPED_EXACTLY = {
  dir: 'ltr',
  autocapitalize: 'none',
  autocorrect: 'off',
  spellcheck: 'false',
  autocomplete: 'off',
};

interface FieldProps {
  state: FormState;
  name: string;
  label: string;
  saved: string | null;
  hint?: Child;
  multiline?: boolean;
  /** Most characters; the counter says how many are left. Longer texts are refused, never cut. */
  max?: number;
  /** Further attributes of the input. */
  input?: Readonly<Record<string, string | boolean>>;
}

/** A text field. */
export function Field({ state, name, label, saved, hint, multiline = false, max, input = {} }: FieldProps) {
  const id = `${state.id}-${name}`;
  const value = valuesOf(state, name, [saved ?? ''])[0] ?? '';
  const error = errorOf(state, name);
  const attributes = {
    id,
    name,
    dir: 'auto',
    'data-max': max && String(max),
    'aria-describedby': `${id}-about`,
    'aria-invalid': error === undefined ? undefined : 'true',
    ...input,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {multiline ? (
        <textarea {...attributes} rows={4}>
          {value}
        </textarea>
      ) : (
        <input {...attributes} value={value} />
      )}
      <p id={`${id}-about`} class="about">
        {error !== undefined && <strong class="wrong">{error} </strong>}
        <SavedNow state={state} isSame={value === (saved ?? '')}>
          {saved}
        </SavedNow>
        {hint}
      </p>
    </div>
  );
}

interface SavedNowProps {
  state: FormState;
  /** Whether it is what was typed or chosen. */
  isSame: boolean;
  children?: Child;
}

/** Beside what was typed: what somebody else saved meanwhile. */
function SavedNow({ state, isSame, children }: SavedNowProps) {
  if (!state.draft?.isConflict || isSame) return null;
  return (
    <span>
      Saved now: “<bdi>{children || 'nothing'}</bdi>”.{' '}
    </span>
  );
}

interface Option {
  value: string;
  label: Child;
  /** Said below the label. */
  detail?: string;
}

interface ChoiceProps {
  state: FormState;
  name: string;
  legend: string;
  saved: readonly string[];
  options: readonly Option[];
  /** Whether several may be chosen. */
  many?: boolean;
  class?: string;
}

/** A group of radio buttons, or of check boxes where `many`. */
export function Choice({ state, name, legend, saved, options, many = false, class: className }: ChoiceProps) {
  const chosen = valuesOf(state, name, saved);
  const error = errorOf(state, name);
  const savedLabels = options.filter(({ value }) => saved.includes(value)).map(({ label }) => label);
  return (
    <fieldset class={className ?? 'choice'}>
      <legend>{legend}</legend>
      {options.map(({ value, label, detail }) => (
        <label>
          <input
            id={`${state.id}-${name}-${value}`}
            type={many ? 'checkbox' : 'radio'}
            name={name}
            value={value}
            checked={chosen.includes(value)}
          />
          <span>
            {label}
            {detail && <small>{detail}</small>}
          </span>
        </label>
      ))}
      {error !== undefined && <p class="wrong">{error}</p>}
      <p class="about">
        <SavedNow state={state} isSame={chosen.toSorted().join() === saved.toSorted().join()}>
          {savedLabels.length > 0 &&
            savedLabels.flatMap((label, place) => (place > 0 ? [', ', label] : [label]))}
        </SavedNow>
      </p>
    </fieldset>
  );
}

interface SelectProps {
  state: FormState;
  name: string;
  label: string;
  saved: string;
  options: readonly Option[];
}

/** A choice of one among many. */
export function Select({ state, name, label, saved, options }: SelectProps) {
  const id = `${state.id}-${name}`;
  const chosen = valuesOf(state, name, [saved])[0];
  const error = errorOf(state, name);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        aria-describedby={`${id}-about`}
        aria-invalid={error === undefined ? undefined : 'true'}
      >
        {options.map(({ value, label }) => (
          <option value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
      <p id={`${id}-about`} class="about">
        {error !== undefined && <strong class="wrong">{error} </strong>}
        <SavedNow state={state} isSame={chosen === saved}>
          {options.find(({ value }) => value === saved)?.label}
        </SavedNow>
      </p>
    </div>
  );
}

/** What is wrong with a field; paths of lists (`linkIds.3`) belong to the list. */
function errorOf({ draft }: FormState, name: string): string | undefined {
  return draft?.errors.find(({ path }) => path.split('.')[0] === name)?.message;
}
