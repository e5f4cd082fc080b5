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

/** One form of a page, with what was typed into it if it could not be saved. */
export interface FormState {
  id: string;
  /** The profile's version that the form was filled from: a write insists on it. */
  version: number;
  draft: Draft | undefined;
}

/** The state of the form with this id. */
export function formState(id: string, version: number, draft: Draft | undefined): FormState {
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
    <form id={id} method="post" action={action} class={className}>
      <input type="hidden" name="version" value={String(version)} />
      {draft?.complaint && (
        <p class="wrong" role="alert">
          {draft.complaint}
        </p>
      )}
      {children}
    </form>
  );
}

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
  const isChangedElsewhere = state.draft?.isConflict && value !== (saved ?? '');
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
        {isChangedElsewhere && <span>Saved now: “{saved || 'nothing'}”. </span>}
        {hint}
      </p>
    </div>
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
  return (
    <fieldset class={className ?? 'choice'}>
      <legend>{legend}</legend>
      {options.map(({ value, label, detail }) => (
        <label>
          <input
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
      {error !== undefined && (
        <p class="wrong" role="alert">
          {error}
        </p>
      )}
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
        {error !== undefined && <strong class="wrong">{error}</strong>}
      </p>
    </div>
  );
}

/** What is wrong with a field; paths of lists (`linkIds.3`) belong to the list. */
function errorOf({ draft }: FormState, name: string): string | undefined {
  return draft?.errors.find(({ path }) => path.split('.')[0] === name)?.message;
}
